import { useQuery } from '@tanstack/react-query'
import { memo, useCallback, useMemo, useRef } from 'react'
import type { CSSProperties, RefObject } from 'react'
import { curveQuery } from '../../../api/queries'
import type { Curve } from '../../../api/series'
import { Chart } from '../../../components/Chart'
import { ErrorState } from '../../../components/states'
import { chartCaption, chartColumns, emptyReason, nothingToDraw, xUnit } from '../../../lib/chartData'
import type { ChartColumns } from '../../../lib/chartData'
import { xLabel } from '../../../lib/chartOptions'
import { formatNumber, fullNumber } from '../../../lib/format'
import type { MetricsView, Range, XAxis } from '../../../lib/urlState'
import type { ChangeView } from './useMetricsView'

/** Lines of text above and below the drawing, and the card's border. */
const AROUND = 34 + 26 + 2

interface ChartCardProps {
  runId: string
  metric: string
  view: MetricsView
  change: ChangeView
  color: string
  width: number
  height: number
  style: CSSProperties
}

/** One metric of a run: its name, the value at the cursor or the latest, the curve, and what is shown of it. */
export const ChartCard = memo(function ChartCard(props: ChartCardProps) {
  const { runId, metric, view, width, height, style } = props
  const zoom = view.zoom.get(metric) ?? null
  const { data, error, isError, refetch } = useQuery(
    curveQuery({ runId, metric, x: view.x, range: zoom === null ? null : serverRange(zoom, view.x), smoothing: view.smoothing }),
  )
  const reading = useRef<HTMLSpanElement>(null)
  return (
    <figure className="chart-card" style={{ ...style, width, height }} data-metric={metric}>
      <figcaption className="chart-head">
        <span className="ellipsis grow chart-title" title={metric}>
          {metric}
        </span>
        <span ref={reading} className="chart-reading" />
      </figcaption>
      {data !== undefined && <CurveChart {...props} curve={data} zoom={zoom} reading={reading} />}
      {data === undefined && isError && (
        <ErrorState small what="The curve could not be loaded" error={error} retry={() => void refetch()} />
      )}
      {data === undefined && !isError && <div className="skeleton chart-loading" aria-hidden />}
    </figure>
  )
}, sameCard)

function sameCard(one: ChartCardProps, other: ChartCardProps): boolean {
  return (
    one.runId === other.runId && one.metric === other.metric && one.view === other.view && one.width === other.width &&
    one.height === other.height && one.style.transform === other.style.transform && one.change === other.change
  )
}

interface CurveChartProps extends ChartCardProps {
  curve: Curve
  zoom: Range | null
  reading: RefObject<HTMLSpanElement | null>
}

function CurveChart({ metric, view, change, color, width, height, curve, zoom, reading }: CurveChartProps) {
  const columns = useMemo(() => chartColumns(curve, view.x, view.log), [curve, view.x, view.log])
  const onZoom = useCallback(
    (range: Range | null) => {
      const ranges = new Map(view.zoom)
      if (range === null) ranges.delete(metric)
      else ranges.set(metric, range)
      change({ zoom: ranges })
    },
    [view.zoom, metric, change],
  )
  // Written to the page directly: the cursor moves too often for React.
  const onCursor = useCallback(
    (index: number | null) => {
      if (reading.current === null) return
      const { text, title } = readingAt(curve, columns, view.x, index)
      reading.current.textContent = text
      reading.current.title = title
    },
    [curve, columns, view.x, reading],
  )
  const empty = nothingToDraw(columns)
  return (
    <>
      <div className="chart-plot">
        <Chart
          columns={columns} color={color} x={view.x} log={view.log} zoom={zoom} onZoom={onZoom} onCursor={onCursor}
          width={width - 2} height={height - AROUND}
        />
        {empty && <div className="chart-empty">{emptyReason(curve, view.log, zoom !== null)}</div>}
      </div>
      <div className="chart-foot muted ellipsis" title={chartCaption(curve, zoom !== null)} data-points={curve.total}>
        {chartCaption(curve, zoom !== null)}
      </div>
    </>
  )
}

/** The value at an index and where it is, or the latest value without one. */
function readingAt(curve: Curve, columns: ChartColumns, x: XAxis, index: number | null): { text: string; title: string } {
  const at = index ?? curve.last.length - 1
  const value = curve.last[at]
  const place = columns[0][at]
  if (value === undefined || place === undefined) return { text: '', title: '' }
  if (index === null) return { text: formatNumber(value), title: `${fullNumber(value)} at ${xLabel(place, x)}` }
  const [low, high] = [curve.min[at], curve.max[at]]
  const band = curve.raw || low === undefined || high === undefined ? '' : ` (${formatNumber(low)} to ${formatNumber(high)})`
  return { text: `${formatNumber(curve.raw ? value : (curve.mean[at] ?? value))}${band} · ${xLabel(place, x)}`, title: '' }
}

/** A range of the chart in the server's unit. */
function serverRange([start, end]: Range, x: XAxis): Range {
  return [start * xUnit(x), end * xUnit(x)]
}
