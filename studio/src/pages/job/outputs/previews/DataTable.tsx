import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { columnWidths, numericColumns } from '../../../../lib/tableData'
import type { TableData } from '../../../../lib/tableData'

const ROW = 28
/** More columns than that make a row slow to draw; the rest is a download away. */
export const MOST_COLUMNS = 200

interface DataTableProps {
  data: TableData
  /** The number of the first row here. */
  first: number
  label: string
  /** What stands where a row has no value: a row of a CSV file may be shorter than others. */
  missing?: string
  /** Told when the last rows come into sight. */
  onEnd?: () => void
}

/** A table of text of which only the rows in sight are drawn. */
export function DataTable({ data, first, label, missing = 'null', onEnd }: DataTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const columns = data.columns.slice(0, MOST_COLUMNS)
  const virtual = useVirtualizer({ count: data.rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 12 })
  // Widths and sides follow from the first rows, and stay when more come.
  const sampled = data.rows.length > 0
  const { widths, numeric } = useMemo(
    () => ({ widths: columnWidths(data).slice(0, MOST_COLUMNS), numeric: numericColumns(data) }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
    [data.columns, sampled],
  )
  const digits = String(first + data.rows.length).length
  const style = {
    gridTemplateColumns: `${digits + 3}ch ${widths.map((width) => `${width}ch`).join(' ')}`,
    width: `${digits + 3 + widths.reduce((sum, width) => sum + width, 0)}ch`,
  }
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  const near = last >= data.rows.length - 20
  useEffect(() => {
    if (near) onEnd?.()
  }, [near, data.rows.length, onEnd])
  return (
    <div ref={scroller} className="data-table mono" role="table" aria-label={label} aria-rowcount={data.rows.length} tabIndex={0}>
      <div className="data-row data-head" role="row" style={style}>
        <span role="columnheader" className="data-number" />
        {columns.map((name, index) => (
          <span key={index} role="columnheader" className={numeric[index] === true ? 'data-cell numeric' : 'data-cell'} title={name}>
            {name}
          </span>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative', width: style.width }}>
        {items.map(({ index, start }) => (
          <div key={index} className="data-row" role="row" style={{ ...style, transform: `translateY(${start}px)` }}>
            <span className="data-number" role="rowheader">
              {first + index}
            </span>
            {columns.map((_, column) => {
              const text = data.rows[index]?.[column] ?? null
              return (
                <span key={column} role="cell" className={numeric[column] === true ? 'data-cell numeric' : 'data-cell'} title={text ?? undefined}>
                  {text ?? <span className="muted">{missing}</span>}
                </span>
              )
            })}
          </div>
        ))}
      </div>
    </div>
  )
}
