import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { jobPath } from '../lib/routes'
import { Link } from '../state/location'
import { useBoard } from './BoardContext'
import { valueText } from './plotTable'
import type { PlotTable } from './plotTable'

const ROW = 28

/** A plot's values in figures; draws only the rows in sight. */
export function ValueTable({ data, label }: { data: PlotTable; label: string }) {
  const { table, kept } = useBoard()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({ count: data.rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 8 })
  const columns = { gridTemplateColumns: `minmax(120px, 1.5fr) repeat(${data.columns.length}, minmax(80px, 1fr))` }
  return (
    <div ref={scroller} className="plot-table" role="table" aria-label={label} aria-rowcount={data.rows.length + 1} tabIndex={0}>
      <div role="row" className="plot-table-row plot-table-head" style={columns}>
        <span role="columnheader">Run</span>
        {data.columns.map((column) => (
          <span key={column.key} role="columnheader" className="ellipsis" title={column.label}>
            {column.label}
          </span>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = data.rows[index] ?? 0
          const run = table.runs[row]
          if (run === undefined) return null
          return (
            <div
              key={run.run_id} role="row" aria-rowindex={index + 2} className="plot-table-row plot-table-body"
              data-state={kept[row] === false ? 'out' : undefined} style={{ ...columns, transform: `translateY(${start}px)` }}
            >
              <span role="rowheader" className="ellipsis" title={run.name}>
                <Link href={jobPath(run.run_id)}>{run.name}</Link>
              </span>
              {data.columns.map((column) => (
                <span key={column.key} role="cell" className="ellipsis" title={String(column.values[row] ?? '')}>
                  {valueText(column, column.values[row] ?? null)}
                </span>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}
