// From what a chart shows to what is asked of the server, and from the answers to a curve for each line.
import { pointsOfEach } from '../api/series'
import type { Curve, CurveRequest, ServerAxis } from '../api/series'
import { xUnit } from '../lib/chartData'
import { axisMetric } from '../lib/chartView'
import type { Range, XAxis } from '../lib/chartView'
import { groupCurve } from '../lib/groupCurves'
import type { Grouping } from '../lib/grouping'
import { overMetric } from '../lib/metricAxis'
import { NO_SMOOTHING } from '../lib/smoothing'
import type { Smoothing } from '../lib/smoothing'
import type { ChartLine } from './chartSpec'

interface Asked {
  x: XAxis
  zoom: Range | null
  smoothing: Smoothing
}

/** What is asked for the lines of a chart: for each of a line's runs its curve, and that of the metric at the x axis. */
export function curveRequests(lines: readonly ChartLine[], { x, zoom, smoothing }: Asked): CurveRequest[] {
  const other = axisMetric(x)
  // Where the values of another metric lie on steps is not known before.
  const range = zoom === null || other !== null ? null : ([zoom[0] * xUnit(x), zoom[1] * xUnit(x)] as const)
  const axis = serverAxis(x)
  // A group's numbers must not change with the number of others.
  const points = pointsOfEach(lines.some(({ members }) => members !== undefined) ? 1 : lines.length)
  return lines.flatMap((line) =>
    runsOf(line).flatMap((runId) => {
      const curve: CurveRequest = { runId, metric: line.metric, x: axis, range, smoothing, points }
      return other === null ? [curve] : [curve, { ...curve, metric: other, smoothing: NO_SMOOTHING }]
    }),
  )
}

/** A curve for each line, from the answers in the order of `curveRequests`. */
export function lineCurves(lines: readonly ChartLine[], answers: readonly Curve[], x: XAxis, group: Grouping | null): Curve[] {
  let at = 0
  const next = () => answers[at++]
  const each = axisMetric(x) === null ? 1 : 2
  return lines.flatMap((line) => {
    const members = runsOf(line).flatMap(() => {
      const [curve, axis] = [next(), each === 2 ? next() : undefined]
      if (curve === undefined) return []
      return [axis === undefined ? curve : overMetric(curve, axis)]
    })
    const [first] = members
    if (line.members === undefined || group === null) return first === undefined ? [] : [first]
    return [groupCurve(members, group.center, group.band)]
  })
}

function runsOf({ runId, members }: ChartLine): readonly string[] {
  return members ?? [runId]
}

function serverAxis(x: XAxis): ServerAxis {
  return x === 'time' || x === 'relative' || x === 'process' ? x : 'step'
}
