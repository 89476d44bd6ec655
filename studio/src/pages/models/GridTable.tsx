import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down'
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import type { MouseEvent, ReactNode } from 'react'
import { useKeptScroll } from '../../state/kept'
import { navigate } from '../../state/location'

const ROW = 32
/** At both ends of a row together. */
const PADDING = 16
/** Rows from the end at which the next page is asked for. */
const AHEAD = 30

export interface GridColumn<Row> {
  key: string
  title: string
  /** Pixels that it has at least, and its share of what is left; none when it keeps its width. */
  width: number
  grow?: number
  numeric?: boolean
  cell: (row: Row) => ReactNode
}

interface GridTableProps<Row> {
  label: string
  columns: readonly GridColumn<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  /** The page of a row; its first link leads there, too. */
  href: (row: Row) => string
  loading: boolean
  /** The rows answer an earlier question while the present one loads. */
  stale?: boolean
  hasMore: boolean
  loadMore: () => void
  /** Which columns sort, the one that does now, and what a click on a title does. */
  sort?: { keys: readonly string[]; by: string; descending: boolean; onSort: (key: string) => void }
}

/** A table that draws only the rows that are seen; arrow keys lead from row to row. */
export function GridTable<Row>(props: GridTableProps<Row>) {
  const { label, columns, rows, rowKey, href, loading, stale = false, hasMore, loadMore, sort } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: loading ? 12 : rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => (rows[index] === undefined ? index : rowKey(rows[index])),
    overscan: 12,
  })
  useKeptScroll(scroller)
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - AHEAD) loadMore()
  }, [hasMore, lastShown, rows.length, loadMore])
  const template = columns.map(({ width, grow }) => (grow === undefined ? `${width}px` : `minmax(${width}px, ${grow}fr)`)).join(' ')
  const width = columns.reduce((sum, column) => sum + column.width, PADDING)
  return (
    <div
      ref={scroller}
      className={stale ? 'grid-table model-rows stale' : 'grid-table model-rows'}
      role="table"
      aria-label={label}
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      aria-busy={loading || stale}
      data-list
    >
      <div role="rowgroup" className="grid-head" style={{ minWidth: width }}>
        <div role="row" className="grid-row" style={{ gridTemplateColumns: template }}>
          {columns.map((column) => (
            <Title key={column.key} column={column} sort={sort?.keys.includes(column.key) === true ? sort : undefined} />
          ))}
        </div>
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative', minWidth: width }}>
        {items.map(({ key, index, start }) => {
          const row = rows[index]
          return (
            <div
              key={key}
              role="row"
              className="grid-row grid-body"
              aria-hidden={row === undefined}
              aria-rowindex={index + 2}
              data-row={row !== undefined || undefined}
              data-index={index}
              onClick={(event) => row !== undefined && isPlainClick(event) && navigate(href(row))}
              style={{ gridTemplateColumns: template, transform: `translateY(${start}px)` }}
            >
              {columns.map((column) => (
                <div key={column.key} role="cell" className={column.numeric === true ? 'grid-cell numeric' : 'grid-cell'}>
                  {row === undefined ? <span className="skeleton" style={{ width: 64 }} /> : column.cell(row)}
                </div>
              ))}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function Title<Row>({ column, sort }: { column: GridColumn<Row>; sort: GridTableProps<Row>['sort'] }) {
  const className = column.numeric === true ? 'grid-cell numeric' : 'grid-cell'
  if (sort === undefined) {
    return (
      <div role="columnheader" className={className}>
        {column.title}
      </div>
    )
  }
  const sorted = sort.by === column.key
  const order = !sorted ? 'none' : sort.descending ? 'descending' : 'ascending'
  return (
    <div role="columnheader" aria-sort={order} className={className}>
      <button type="button" onClick={() => sort.onSort(column.key)}>
        {column.title}
        {sorted && (sort.descending ? <ArrowDownRegular /> : <ArrowUpRegular />)}
      </button>
    </div>
  )
}

/** A link goes its own way, and a drag over text selects it. */
function isPlainClick(event: MouseEvent): boolean {
  const inLink = event.target instanceof Element && event.target.closest('a, button') !== null
  return !inLink && getSelection()?.isCollapsed !== false
}
