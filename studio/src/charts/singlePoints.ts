// Curves of one point each, of which a line would show nothing.
import type { Curve } from '../api/series'
import { xUnit } from '../lib/chartData'
import type { XAxis } from '../lib/chartView'
import type { ChartLine } from './chartSpec'

export interface SinglePoint {
  line: ChartLine
  value: number
  /** In the chart's unit. */
  x: number
}

/** The points of curves that have one each; null where some have more, or what can't be shown as a number. */
export function singlePoints(lines: readonly ChartLine[], curves: readonly Curve[], x: XAxis): SinglePoint[] | null {
  const points = lines.flatMap((line, index) => {
    const curve = curves[index]
    const [value, at] = [curve?.last[0], curve?.x[0]]
    if (curve === undefined || curve.total !== 1 || curve.runs !== null) return []
    return value === undefined || at === undefined || !Number.isFinite(value) ? [] : [{ line, value, x: at / xUnit(x) }]
  })
  return points.length > 0 && points.length === lines.length ? points : null
}

export interface Bar {
  /** Of the room: where it begins, and how long it is. */
  start: number
  length: number
}

/** Bars from zero, beside each other on one scale. */
export function barsOf(values: readonly number[]): Bar[] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)]
  const whole = high - low || 1
  return values.map((value) => ({ start: (Math.min(0, value) - low) / whole, length: Math.abs(value) / whole }))
}
