import { memo, useMemo, useRef } from 'react'
import type { ReactNode } from 'react'
import { ErrorState } from '../components/states'
import { chartCaption } from '../lib/chartWords'
import type { MetricsView } from '../lib/chartView'
import { ChartMenu } from './ChartMenu'
import { chartLook } from './chartLook'
import type { ChartSpec } from './chartSpec'
import { CurveChart } from './CurveChart'
import { singlePoints } from './singlePoints'
import { useCurves } from './useCurves'
import type { ChangeView } from './useMetricsView'

export interface ChartCardProps {
  chart: ChartSpec
  view: MetricsView
  change: ChangeView
  width: number
  height: number
  /** The chart's name as it stands in the head, where it can be more than text. */
  title?: (text: string) => ReactNode
  /** What is laid over the card, as a corner to drag. */
  children?: ReactNode
}

/** A chart: its name, the values at the cursor or the latest one, the curves, and what is shown of them. */
export const ChartCard = memo(function ChartCard(props: ChartCardProps) {
  const { chart, view, change, width, height, title = plainTitle, children } = props
  const look = useMemo(() => chartLook(view, chart), [view, chart])
  const { curves, error, retry } = useCurves(chart, view, look)
  // A zoom may leave one point of many, which is no reason to take the axes away.
  const singles = useMemo(
    () => (curves === undefined || look.zoom !== null ? null : singlePoints(chart.lines, curves, view.x)),
    [chart.lines, curves, view.x, look.zoom],
  )
  const reading = useRef<HTMLSpanElement>(null)
  const figure = useRef<HTMLElement>(null)
  const grouping = chart.lines.some(({ members }) => members !== undefined) ? view.group : null
  const caption = curves === undefined ? '' : chartCaption(curves, look.zoom !== null, grouping)
  return (
    <figure ref={figure} className="chart-card" style={{ width, height }} data-metric={chart.key}>
      <figcaption className="chart-head">
        {title(look.title)}
        <span ref={reading} className="chart-reading" />
        {curves !== undefined && (
          <ChartMenu chart={chart} look={look} view={view} change={change} curves={curves} drawn={singles === null} caption={caption} figure={figure} />
        )}
      </figcaption>
      {curves !== undefined && (
        <CurveChart
          chart={chart} look={look} view={view} change={change} curves={curves} singles={singles} caption={caption} reading={reading}
          width={width} height={height}
        />
      )}
      {curves === undefined && error !== null && <ErrorState small what="The curve could not be loaded" error={error} retry={retry} />}
      {curves === undefined && error === null && <div className="skeleton chart-loading" aria-hidden />}
      {children}
    </figure>
  )
})

function plainTitle(text: string): ReactNode {
  return (
    <span className="ellipsis grow chart-title" title={text}>
      {text}
    </span>
  )
}
