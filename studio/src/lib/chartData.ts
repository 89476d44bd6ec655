// Turns a curve into the columns that uPlot draws, and into the words below the chart.
import type { Curve } from '../api/series'
import { formatCount, plural } from './format'
import type { Range, XAxis } from './urlState'

/** x, line, faint, min, max: equal lengths, null where nothing can be drawn. */
export type ChartColumns = [x: number[], line: Gaps, faint: Gaps, min: Gaps, max: Gaps]
type Gaps = (number | null)[]

/**
 * Columns in the order of the chart's series: the line is the smoothed curve if there is one (then the unsmoothed
 * one is the faint line), else the points or the buckets' means. Values that can't be drawn, as NaN, infinities
 * and on a logarithmic axis what is not positive, become gaps.
 */
export function chartColumns(curve: Curve, x: XAxis, log: boolean): ChartColumns {
  const drawable = (values: Float64Array): Gaps =>
    Array.from(values, (value) => (Number.isFinite(value) && !(log && value <= 0) ? value : null))
  const plain = drawable(curve.raw ? curve.last : curve.mean)
  const smooth = curve.smooth === null ? null : drawable(curve.smooth)
  const none: Gaps = new Array<null>(curve.x.length).fill(null)
  return [
    Array.from(curve.x, (value) => value / xUnit(x)),
    smooth ?? plain,
    smooth === null ? none : plain,
    curve.raw ? none : drawable(curve.min),
    curve.raw ? none : drawable(curve.max),
  ]
}

/** What one unit of a chart's x axis is in the server's unit: both times are milliseconds there. */
export function xUnit(x: XAxis): number {
  return x === 'step' ? 1 : 1000
}

/** Whether nothing of the curve can be drawn. */
export function nothingToDraw(columns: ChartColumns): boolean {
  return columns[1].every((value) => value === null) && columns[4].every((value) => value === null)
}

/** "all 1,204 points", "min to max of 1,000,000 points in 1,000 buckets", and what is not seen. */
export function chartCaption(curve: Curve, zoomed: boolean): string {
  const where = zoomed ? ' in this range' : ''
  const parts = [
    curve.raw
      ? `all ${plural(curve.total, 'point')}${where}`
      : `min to max of ${plural(curve.total, 'point')}${where} in ${formatCount(curve.x.length)} buckets`,
  ]
  if (curve.nonFinite > 0) parts.push(`${formatCount(curve.nonFinite)} NaN or infinite`)
  return parts.join(' · ')
}

/** Why a chart with points has nothing to show. */
export function emptyReason(curve: Curve, log: boolean, zoomed: boolean): string {
  if (curve.total === 0) return zoomed ? 'No points in this range' : 'No points yet'
  if (curve.nonFinite >= curve.total) {
    return curve.total === 1 ? 'The only value is NaN or infinite' : `All ${plural(curve.total, 'value')} are NaN or infinite`
  }
  return log ? 'No positive values to show on a logarithmic axis' : 'Nothing to draw'
}

/** The y range that shows all values with some room; whole powers of ten on a logarithmic axis. */
export function yRange(min: number | null, max: number | null, log: boolean): Range {
  if (min === null || max === null) return log ? [0.1, 1] : [0, 1]
  if (log) {
    const [low, high] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))]
    return [10 ** low, 10 ** (high > low ? high : low + 1)]
  }
  const room = min === max ? Math.abs(min) * 0.1 || 0.5 : (max - min) * 0.06
  return [min - room, max + room]
}

/** The x range to show: the zoom if there is one, else all points, with room around a single one. */
export function xRange(zoom: Range | null, min: number | null, max: number | null): Range {
  if (zoom !== null) return zoom
  if (min === null || max === null) return [0, 1]
  return min === max ? [min - 1, max + 1] : [min, max]
}
