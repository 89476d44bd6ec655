import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useMemo, useRef } from 'react'
import { moveAmongTiles } from '../../../images/tileKeys'
import { useWidth } from '../../../components/useWidth'
import { formatCount } from '../../../lib/format'
import type { ImagesView } from '../../../lib/imagesState'
import { FigureTile } from './FigureTile'
import { PageCard } from './PageCard'
import { heightOf, imageRows } from './rows'
import type { ImageRow, Listed } from './rows'
import { SeriesCard } from './SeriesCard'
import { Shot } from './Shot'
import { TableRow } from './TableRow'
import type { ChangeImages } from './useImagesView'

const AROUND = 16
const GAP = 12
const CARD = 280
const SHOT = 152
const PAGE = 440

interface ImageListProps {
  runId: string
  listed: Listed | undefined
  view: ImagesView
  change: ChangeImages
}

/** All that was found, section by section; only rows in sight are drawn. */
export function ImageList({ runId, listed, view, change }: ImageListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller) - 2 * AROUND
  const columns = useMemo(() => ({ cards: fitting(width, CARD), shots: fitting(width, SHOT), pages: fitting(width, PAGE) }), [width])
  const rows = useMemo(() => (listed === undefined || width <= 0 ? [] : imageRows(listed, view, columns)), [listed, view, columns, width])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(rows[index]),
    overscan: 2,
  })
  // The list remembers sizes by place until told that other rows stand there.
  const sizes = rows.map(heightOf).join()
  useLayoutEffect(() => virtual.measure(), [virtual, sizes])
  return (
    <div ref={scroller} className="images-scroll" aria-busy={listed === undefined} onKeyDown={(event) => moveAmongTiles(event, '.image-tile')}>
      {listed === undefined && <div className="skeleton images-skeleton" aria-hidden />}
      {listed !== undefined && width > 0 && rows.length === 0 && <p className="muted">Nothing matches “{view.find}”.</p>}
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start, size }) => {
          const row = rows[index]
          if (row === undefined || listed === undefined) return null
          const number = row.kind === 'cards' || row.kind === 'pages' ? columns[row.kind] : columns.shots
          const gridTemplateColumns = `repeat(${number}, minmax(0, 1fr))`
          return (
            <div
              key={keyOf(row, index)} className={`images-row ${row.kind}`}
              style={{ transform: `translateY(${start}px)`, height: size, gridTemplateColumns }}
            >
              <Row row={row} runId={runId} view={view} change={change} listed={listed} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function Row({ row, runId, view, change, listed }: Omit<ImageListProps, 'listed'> & { row: ImageRow; listed: Listed }) {
  switch (row.kind) {
    case 'head':
      return (
        <h2>
          {row.title} <span className="muted">{formatCount(row.count)}</span>
        </h2>
      )
    case 'cards':
      return row.series.map((series) => <SeriesCard key={series.key} runId={runId} series={series} view={view} change={change} />)
    case 'series':
      return (
        <h3 className="ellipsis" title={row.series.key}>
          {row.series.key} <span className="muted">{formatCount(row.series.steps.length)}</span>
        </h3>
      )
    case 'shots':
      return row.series.steps
        .slice(row.from, row.to)
        .map((step, offset) => <Shot key={step} runId={runId} series={row.series} index={row.from + offset} view={view} change={change} />)
    case 'figures':
      return row.figures.map((figure) => <FigureTile key={figure.path} runId={runId} figure={figure} change={change} />)
    case 'pages':
      return row.pages.map((series) => <PageCard key={series.key} runId={runId} series={series} view={view} change={change} />)
    case 'table':
      return <TableRow runId={runId} table={row.table} open={row.open} tables={listed.tables} view={view} change={change} />
  }
}

/** By what stands there where that is one thing, so that a card goes on playing when rows above it come and go. */
function keyOf(row: ImageRow, index: number): string {
  if (row.kind === 'cards') return `cards ${row.series[0]?.key ?? ''}`
  if (row.kind === 'pages') return `pages ${row.pages[0]?.key ?? ''}`
  if (row.kind === 'table') return `table ${row.table.path}`
  return `${row.kind} ${index}`
}

function fitting(width: number, least: number): number {
  return Math.max(1, Math.floor((width + GAP) / (least + GAP)))
}
