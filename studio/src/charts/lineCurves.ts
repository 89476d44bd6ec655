// From what a chart shows to what is asked of the server, and from the answers to a curve for each line.
import { pointsOfEach } from '../api/series'
import type { Curve, CurveRequest, ServerAxis } from '../api/series'
import { xUnit } from '../lib/chartData'
import { axisMetric } from '../lib/chartView'
import type { Range, XAxis } from '../lib/chartView'
import { groupCurve } from '../lib/groupCurves'
import type { Grouping } from '../lib/grouping'
import { overMetric, stepsWithin } from '../lib/metricAxis'
import { NO_SMOOTHING } from '../lib/smoothing'
import type { Smoothing } from '../lib/smoothing'
import type { ChartLine } from './chartSpec'

interface Asked {
  x: XAxis
  zoom: Range | null
  smoothing: Smoothing
}

interface Drawn extends Pick<Asked, 'x' | 'zoom'> {
  group: Grouping | null
}

/** What is asked first where a zoom is one of another metric's values: whole curves of that metric, which tell the steps. */
export function axisRequests(lines: readonly ChartLine[], { x, zoom }: Pick<Asked, 'x' | 'zoom'>): CurveRequest[] {
  const metric = axisMetric(x)
  if (metric === null || zoom === null) return []
  const points = pointsOf(lines)
  return lines.flatMap((line) => runsOf(line).map((runId) => ({ runId, metric, x: serverAxis(x), range: null, smoothing: NO_SMOOTHING, points })))
}

/**
 * What is asked for the lines of a chart: for each of a line's runs its curve, and that of the metric at the x axis.
 * `axes` are the answers to `axisRequests`; as long as there are none, whole curves are asked for.
 */
export function curveRequests(lines: readonly ChartLine[], { x, zoom, smoothing }: Asked, axes: readonly Curve[] = []): CurveRequest[] {
  const other = axisMetric(x)
  const own = zoom === null || other !== null ? null : ([zoom[0] * xUnit(x), zoom[1] * xUnit(x)] as const)
  const axis = serverAxis(x)
  const points = pointsOf(lines)
  let at = 0
  const rangeOfNext = () => {
    const found = axes[at++]
    return zoom === null || found === undefined ? own : stepsWithin(found, zoom)
  }
  return lines.flatMap((line) =>
    runsOf(line).flatMap((runId) => {
      const range = rangeOfNext()
      const curve: CurveRequest = { runId, metric: line.metric, x: axis, range, smoothing, points }
      return other === null ? [curve] : [curve, { ...curve, metric: other, smoothing: NO_SMOOTHING }]
    }),
  )
}

/** A curve for each line, from the answers in the order of `curveRequests`. */
export function lineCurves(lines: readonly ChartLine[], answers: readonly Curve[], { x, zoom, group }: Drawn): Curve[] {
  let at = 0
  const next = () => answers[at++]
  const each = axisMetric(x) === null ? 1 : 2
  return lines.flatMap((line) => {
    const members = runsOf(line).flatMap(() => {
      const [curve, axis] = [next(), each === 2 ? next() : undefined]
      if (curve === undefined) return []
      return [axis === undefined ? curve : overMetric(curve, axis, zoom)]
    })
    const [first] = members
    if (line.members === undefined || group === null) return first === undefined ? [] : [first]
    return [groupCurve(members, group.center, group.band, x === 'step')]
  })
}

/** A group's numbers must not change with the number of others. */
function pointsOf(lines: readonly ChartLine[]): number {
  return pointsOfEach(lines.some(({ members }) => members !== undefined) ? 1 : lines.length)
}

function runsOf({ runId, members }: ChartLine): readonly string[] {
  return members ?? [runId]
}

function serverAxis(x: XAxis): ServerAxis {
  return x === 'time' || x === 'relative' || x === 'process' ? x : 'step'
}
