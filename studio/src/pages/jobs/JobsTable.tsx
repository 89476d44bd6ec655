import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { KeyboardEvent } from 'react'
import type { RunRow } from '../../api/types'
import { select, selectAll } from '../../lib/selection'
import type { Selection } from '../../lib/selection'
import type { Sort } from '../../lib/urlState'
import type { TableColumn } from './columns'
import { HeaderCell } from './HeaderCell'
import { JobsRow, SkeletonRow } from './JobsRow'

const ROW = 32
/** Of the boxes before the columns. */
const CHECK_WIDTH = '36px'
/** Rows from the end at which the next page is asked for. */
const AHEAD = 30

interface JobsTableProps {
  columns: TableColumn[]
  rows: RunRow[]
  sort: Sort | null
  onSort: (sort: Sort | null) => void
  selection: Selection
  onSelect: (change: (selection: Selection) => Selection) => void
  loading: boolean
  /** The rows answer an earlier question while the present one loads. */
  stale: boolean
  hasMore: boolean
  loadMore: () => void
}

export function JobsTable(props: JobsTableProps) {
  const { columns, rows, sort, onSort, selection, onSelect, loading, stale, hasMore, loadMore } = props
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

  const ids = useMemo(() => rows.map(({ run_id }) => run_id), [rows])
  const onCheck = useCallback(
    (id: string, range: boolean) => onSelect((before) => select(before, ids, id, range)),
    [ids, onSelect],
  )
  const checked = ids.filter((id) => selection.ids.has(id)).length
  const template = [CHECK_WIDTH, ...columns.map(({ width }) => width)].join(' ')
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
        <div role="columnheader" className="jobs-check">
          <input
            type="checkbox"
            className="check"
            aria-label="Check all runs that are listed"
            ref={(box) => {
              if (box !== null) box.indeterminate = checked > 0 && checked < ids.length
            }}
            checked={ids.length > 0 && checked === ids.length}
            onChange={() => onSelect((before) => selectAll(before, ids))}
          />
        </div>
        {columns.map((column) => (
          <HeaderCell key={column.key} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="rowgroup">
        {items.map((item) => {
          const place = { gridTemplateColumns: template, transform: `translateY(${item.start}px)` }
          const run = rows[item.index]
          if (run === undefined) return <SkeletonRow key={item.key} columns={columns} style={place} />
          return (
            <JobsRow
              key={item.key} run={run} columns={columns} style={place} index={item.index}
              checked={selection.ids.has(run.run_id)} onCheck={onCheck}
            />
          )
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
