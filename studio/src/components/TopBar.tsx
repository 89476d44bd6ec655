import { Button } from '@fluentui/react-components'
import { SearchRegular } from '@fluentui/react-icons/svg/search'
import type { ReactNode } from 'react'
import { openPalette } from '../state/commands'
import { LiveIndicator } from './LiveIndicator'
import { ShareButton } from './ShareButton'

/** The bar above a page: where one is at the left, what one can do at the right. */
export function TopBar({ children }: { children: ReactNode }) {
  return (
    <header className="topbar">
      {children}
      <span className="topbar-end">
        <ShareButton />
        <Button
          appearance="subtle"
          icon={<SearchRegular />}
          aria-label="Find a page, a run or an action"
          aria-keyshortcuts="Control+K Meta+K"
          title={`Find a page, a run or an action (${/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'} K)`}
          onClick={() => openPalette('commands')}
        />
        <LiveIndicator />
      </span>
    </header>
  )
}
