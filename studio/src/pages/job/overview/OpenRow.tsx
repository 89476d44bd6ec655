import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import type { ReactNode } from 'react'
import type { OpenRows } from './useOpenRows'

interface OpenRowProps {
  /** Names the row in links. */
  row: string
  rows: OpenRows
  title: string
  facts: ReactNode
  children: ReactNode
}

/** A row of a few facts that opens to more of them. */
export function OpenRow({ row, rows, title, facts, children }: OpenRowProps) {
  const open = rows.isOpen(row)
  return (
    <div className="open-row">
      <button type="button" aria-expanded={open} onClick={() => rows.toggle(row)}>
        {open ? <ChevronDownRegular aria-hidden /> : <ChevronRightRegular aria-hidden />}
        <span className="ellipsis open-title" title={title}>
          {title}
        </span>
        <span className="open-facts">{facts}</span>
      </button>
      {open && <div className="open-content">{children}</div>}
    </div>
  )
}
