import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import type { RunRow } from '../../../api/types'
import { NameText } from '../../../components/NameText'
import { numericParams } from '../../../lib/numericParams'
import type { Selection } from '../../../lib/selection'
import { ChildTableRow } from './ChildTableRow'

const ROW = 32
/** Rows from the end at which the next page is asked for. */
const AHEAD = 30

interface ChildTableProps {
  rows: readonly RunRow[]
  metrics: readonly string[]
  params: readonly string[]
  loading: boolean
  hasMore: boolean
  loadMore: () => void
  selection: Selection
  onCheck: (id: string, range: boolean) => void
  onCheckAll: () => void
}

/** Children with a few metrics and parameters; only rows in sight are drawn. */
export function ChildTable(props: ChildTableProps) {
  const { rows, metrics, params, loading, hasMore, loadMore, selection, onCheck, onCheckAll } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: loading ? 12 : rows.length,
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
  const checked = rows.filter(({ run_id: id }) => selection.ids.has(id)).length
  const figures = useMemo(() => numericParams(rows, params), [rows, params])
  const chosen = [...metrics, ...params]
  // Few trees are deeper than this: without grandchildren there is no column for their number.
  const parents = rows.some(({ child_count: count }) => (count ?? 0) > 0)
  const template = {
    gridTemplateColumns: [`36px minmax(200px, 2fr) 136px 96px 112px${parents ? ' 72px' : ''}`, ...chosen.map(() => 'minmax(112px, 1fr)')].join(' '),
    minWidth: (parents ? 668 : 596) + 112 * chosen.length,
  }
  return (
    <div
      ref={scroller} className="grid-table" role="table" data-list aria-label="Child jobs" aria-busy={loading}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
    >
      <div className="grid-row grid-head" role="row" style={template}>
        <div role="columnheader" className="grid-check">
          <input
            type="checkbox" className="check" aria-label="Check all child jobs that are listed"
            ref={(box) => {
              if (box !== null) box.indeterminate = checked > 0 && checked < rows.length
            }}
            checked={rows.length > 0 && checked === rows.length} onChange={onCheckAll}
          />
        </div>
        {['Name', 'Status', 'Duration', 'Started', ...(parents ? ['Children'] : [])].map((title) => (
          <div key={title} role="columnheader" className={title === 'Children' ? 'grid-cell numeric' : 'grid-cell'}>
            {title}
          </div>
        ))}
        {metrics.map((name) => (
          <div key={`metric ${name}`} role="columnheader" className="grid-cell numeric">
            <NameText name={name} title={`Metric ${name}, latest value`} />
          </div>
        ))}
        {params.map((name) => (
          <div key={`param ${name}`} role="columnheader" className={figures.has(name) ? 'grid-cell numeric' : 'grid-cell'}>
            <NameText name={name} title={`Parameter ${name}`} />
          </div>
        ))}
      </div>
      <div style={{ height: virtual.getTotalSize(), position: 'relative', minWidth: template.minWidth }} role="rowgroup">
        {items.map(({ index, key, start }) => (
          <ChildTableRow
            key={key} index={index} run={rows[index]} parents={parents} metrics={metrics} params={params} figures={figures} onCheck={onCheck}
            checked={selection.ids.has(rows[index]?.run_id ?? '')} style={{ ...template, transform: `translateY(${start}px)` }}
          />
        ))}
      </div>
    </div>
  )
}
