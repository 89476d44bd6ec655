import type { ReactNode } from 'react'
import { LiveIndicator } from './ConnectionBar'

/** The bar above a page: where one is at the left, what one can do at the right. */
export function TopBar({ children }: { children: ReactNode }) {
  return (
    <header className="topbar">
      {children}
      <LiveIndicator />
    </header>
  )
}
