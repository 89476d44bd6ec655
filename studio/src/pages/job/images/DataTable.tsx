import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { FindField } from '../../../components/FindField'
import { Picture } from '../../../images/Picture'
import { formatCount, formatNumber, plural } from '../../../lib/format'
import { cellText, isImageCell, matchingRows } from '../../../lib/loggedTable'
import type { LoggedTable } from '../../../lib/loggedTable'
import { artifactUrl } from '../../../lib/preview'

const ROW = 28
const PICTURE_ROW = 84
const COLUMN = 184

/** Rows and columns of a logged table; only those in sight are drawn. */
export function DataTable({ runId, path, table }: { runId: string; path: string; table: LoggedTable }) {
  const [find, setFind] = useState('')
  const rows = useMemo(() => matchingRows(table, find), [table, find])
  const scroller = useRef<HTMLDivElement>(null)
  const height = table.pictures ? PICTURE_ROW : ROW
  const lines = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: 8 })
  const columns = useVirtualizer({
    horizontal: true, count: table.columns.length, getScrollElement: () => scroller.current, estimateSize: () => COLUMN, overscan: 2,
  })
  const width = columns.getTotalSize()
  const shown = columns.getVirtualItems()
  return (
    <div className="data-table">
      <div className="data-table-tools">
        <FindField value={find} onChange={setFind} delay={100} placeholder={`Find in ${path}`} />
        <span className="muted">
          {find === '' ? '' : `${formatCount(rows.length)} of `}
          {plural(table.rows.length, 'row')} · {plural(table.columns.length, 'column')}
        </span>
      </div>
      <div
        ref={scroller} className="data-table-scroll" role="table" aria-label={path} tabIndex={0}
        aria-rowcount={rows.length + 1} aria-colcount={table.columns.length}
      >
        <div className="data-table-head" role="row" style={{ width }}>
          {shown.map(({ index, start }) => (
            <div
              key={index} role="columnheader" className={`data-cell ellipsis${typeof table.rows[0]?.[index] === 'number' ? ' numeric' : ''}`}
              style={{ left: start }} title={table.columns[index]}
            >
              {table.columns[index]}
            </div>
          ))}
        </div>
        <div style={{ height: lines.getTotalSize(), width }} className="data-table-body" role="rowgroup">
          {lines.getVirtualItems().map(({ index: line, start: top }) => (
            <div key={line} role="row" className="data-row" style={{ transform: `translateY(${top}px)`, height, width }} aria-rowindex={line + 2}>
              {shown.map(({ index, start }) => (
                <Cell key={index} runId={runId} cell={rows[line]?.[index]} left={start} />
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

function Cell({ runId, cell, left }: { runId: string; cell: unknown; left: number }) {
  if (isImageCell(cell)) {
    return (
      <div role="cell" className="data-cell" style={{ left }}>
        <a className="data-picture" href={artifactUrl(runId, cell.filepath)} target="_blank" rel="noreferrer" aria-label="Open the image">
          <Picture src={artifactUrl(runId, cell.compressed_filepath)} alt="" />
        </a>
      </div>
    )
  }
  const text = cellText(cell)
  const number = typeof cell === 'number'
  return (
    <div role="cell" className={number ? 'data-cell ellipsis numeric' : 'data-cell ellipsis'} style={{ left }} title={text}>
      {number ? formatNumber(cell) : text}
    </div>
  )
}
