import { useQueries } from '@tanstack/react-query'
import { memo, useCallback, useMemo, useRef } from 'react'
import type { CSSProperties, RefObject } from 'react'
import { curveQuery } from '../api/queries'
import type { Curve } from '../api/series'
import { Chart } from '../components/Chart'
import { ErrorState } from '../components/states'
import type { CursorPlace } from '../lib/chartOptions'
import { chartCaption, chartColumns, emptyReason, nothingToDraw, xUnit } from '../lib/chartData'
import type { MetricsView, Range, XAxis } from '../lib/urlState'
import { ChartMenu } from './ChartMenu'
import type { ChartSpec } from './chartSpec'
import { fillReading, latestText } from './reading'
import type { ChangeView } from './useMetricsView'
import { useZoomKeys } from './useZoomKeys'

/** Lines of text above and below the drawing, and the card's border. */
const AROUND = 34 + 26 + 2

interface ChartCardProps {
  chart: ChartSpec
  view: MetricsView
  change: ChangeView
  width: number
  height: number
  style: CSSProperties
}

/** A chart: its name, the values at the cursor or the latest one, the curves, and what is shown of them. */
export const ChartCard = memo(function ChartCard(props: ChartCardProps) {
  const { chart, view, change, width, height, style } = props
  const zoom = view.zoom.get(chart.key) ?? null
  const range = zoom === null ? null : serverRange(zoom, view.x)
  const found = useQueries({
    queries: chart.lines.map(({ runId, metric }) => curveQuery({ runId, metric, x: view.x, range, smoothing: view.smoothing })),
    combine: together,
  })
  const onZoom = useCallback(
    (range: Range | null) => {
      const ranges = new Map(view.zoom)
      if (range === null) ranges.delete(chart.key)
      else ranges.set(chart.key, range)
      change({ zoom: ranges })
    },
    [view.zoom, chart.key, change],
  )
  const onKeyDown = useZoomKeys(zoom, onZoom)
  const reading = useRef<HTMLSpanElement>(null)
  const figure = useRef<HTMLElement>(null)
  const caption = found.curves === undefined ? '' : chartCaption(found.curves, zoom !== null)
  return (
    <figure
      ref={figure} className="chart-card" style={{ ...style, width, height }} data-metric={chart.key}
      tabIndex={0} aria-label={`${chart.title}: ${caption}`} aria-keyshortcuts="+ - 0 ArrowLeft ArrowRight" onKeyDown={onKeyDown}
    >
      <figcaption className="chart-head">
        <span className="ellipsis grow chart-title" title={chart.title}>
          {chart.title}
        </span>
        <span ref={reading} className="chart-reading" />
        {found.curves !== undefined && (
          <ChartMenu
            chart={chart} curves={found.curves} caption={caption} x={view.x} figure={figure}
          />
        )}
      </figcaption>
      {found.curves !== undefined && <CurveChart {...props} curves={found.curves} caption={caption} zoom={zoom} onZoom={onZoom} reading={reading} />}
      {found.curves === undefined && found.error !== null && (
        <ErrorState small what="The curve could not be loaded" error={found.error} retry={found.retry} />
      )}
      {found.curves === undefined && found.error === null && <div className="skeleton chart-loading" aria-hidden />}
    </figure>
  )
}, sameCard)

interface Found {
  data: Curve | undefined
  error: Error | null
  refetch: () => unknown
}

/** The curves of a chart when all of them are there; a chart that grows line by line would move under the reader. */
function together(results: readonly Found[]) {
  const curves = results.flatMap(({ data }) => (data === undefined ? [] : [data]))
  return {
    curves: curves.length === results.length ? curves : undefined,
    error: results.find(({ data, error }) => data === undefined && error !== null)?.error ?? null,
    retry: () => results.forEach(({ refetch }) => void refetch()),
  }
}

function sameCard(one: ChartCardProps, other: ChartCardProps): boolean {
  return (
    one.chart === other.chart && one.view === other.view && one.width === other.width &&
    one.height === other.height && one.style.transform === other.style.transform && one.change === other.change
  )
}

interface CurveChartProps extends ChartCardProps {
  curves: readonly Curve[]
  caption: string
  zoom: Range | null
  onZoom: (range: Range | null) => void
  reading: RefObject<HTMLSpanElement | null>
}

function CurveChart({ chart, view, width, height, curves, caption, zoom, onZoom, reading }: CurveChartProps) {
  const columns = useMemo(() => chartColumns(curves, view.x, view.log), [curves, view.x, view.log])
  const colors = useMemo(() => chart.lines.map(({ color }) => color), [chart])
  const values = useRef<HTMLDivElement>(null)
  // Written to the page directly: the cursor moves too often for React.
  const onCursor = useCallback(
    (cursor: CursorPlace | null) => {
      if (reading.current === null || values.current === null) return
      fillReading({ head: reading.current, list: values.current, lines: chart.lines, columns, x: view.x, cursor })
      if (cursor === null && curves[0] !== undefined && curves.length === 1) {
        const { text, title } = latestText(curves[0], columns, view.x)
        reading.current.textContent = text
        reading.current.title = title
      }
    },
    [chart, curves, columns, view.x, reading],
  )
  const empty = nothingToDraw(columns)
  return (
    <>
      <div className="chart-plot">
        <Chart
          columns={columns} colors={colors} x={view.x} log={view.log} zoom={zoom} onZoom={onZoom} onCursor={onCursor}
          width={width - 2} height={height - AROUND}
        />
        {empty && <div className="chart-empty">{emptyReason(curves, view.log, zoom !== null)}</div>}
        <div ref={values} className="chart-values" hidden />
      </div>
      <div className="chart-foot muted ellipsis" title={caption} data-points={curves.reduce((sum, { total }) => sum + total, 0)}>
        {caption}
      </div>
    </>
  )
}

/** A range of the chart in the server's unit. */
function serverRange([start, end]: Range, x: XAxis): Range {
  return [start * xUnit(x), end * xUnit(x)]
}
