import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { KeyboardEvent } from 'react'
import type { RunRow } from '../../api/types'
import type { Sort } from '../../lib/urlState'
import type { TableColumn } from './columns'
import { HeaderCell } from './HeaderCell'
import { JobsRow, SkeletonRow } from './JobsRow'

const ROW = 32
/** Rows from the end at which the next page is asked for. */
const AHEAD = 30

interface JobsTableProps {
  columns: TableColumn[]
  rows: RunRow[]
  sort: Sort | null
  onSort: (sort: Sort | null) => void
  loading: boolean
  /** The rows answer an earlier question while the present one loads. */
  stale: boolean
  hasMore: boolean
  loadMore: () => void
}

export function JobsTable({ columns, rows, sort, onSort, loading, stale, hasMore, loadMore }: JobsTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const count = loading ? 20 : rows.length
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => rows[index]?.run_id ?? index,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - AHEAD) loadMore()
  }, [hasMore, lastShown, rows.length, loadMore])

  const template = columns.map(({ width }) => width).join(' ')
  return (
    <div
      ref={scroller}
      className={stale ? 'jobs-scroll stale' : 'jobs-scroll'}
      role="table"
      aria-label="Runs"
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-busy={loading || stale}
      onKeyDown={moveBetweenRows}
    >
      <div className="jobs-row jobs-head" role="row" style={{ gridTemplateColumns: template }}>
        {columns.map((column) => (
          <HeaderCell key={column.key} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="rowgroup">
        {items.map((item) => {
          const place = { gridTemplateColumns: template, transform: `translateY(${item.start}px)` }
          const run = rows[item.index]
          if (run === undefined) return <SkeletonRow key={item.key} columns={columns} style={place} />
          return <JobsRow key={item.key} run={run} columns={columns} style={place} index={item.index} />
        })}
      </div>
    </div>
  )
}

/** Arrow keys lead from name to name. */
function moveBetweenRows(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined || !(event.target instanceof HTMLElement)) return
  const row = event.target.closest('[data-index]')
  if (row === null) return
  const wanted = Number(row.getAttribute('data-index')) + step
  const link = row.parentElement?.querySelector<HTMLElement>(`[data-index="${wanted}"] a`)
  if (!link) return
  event.preventDefault()
  link.focus()
}
