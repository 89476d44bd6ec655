// Turns curves into the columns that uPlot draws, and into the words below the chart.
import type { Curve } from '../api/series'
import { formatCount, plural } from './format'
import type { Range, XAxis } from './urlState'

/** x, then four for each curve, see `PER_CURVE`: equal lengths, null where nothing can be drawn. */
export type ChartColumns = [x: number[], ...columns: Gaps[]]
type Gaps = (number | null)[]

/** The columns of one curve: the line, a faint line behind it, and the edges of the band around it. */
export const PER_CURVE = 4
const [LINE, FAINT, MIN, MAX] = [0, 1, 2, 3] as const

/** Where a curve's column stands among the columns. */
function columnAt(curve: number, part: number): number {
  return 1 + curve * PER_CURVE + part
}

/**
 * Columns in the order of the chart's series. A curve's line is the smoothed curve if there is one (then the
 * unsmoothed one is the faint line), else the points or the buckets' means. Values that can't be drawn, as NaN,
 * infinities and on a logarithmic axis what is not positive, become gaps. Curves that have no point at an x of
 * another curve have a gap there, too; lines are drawn across gaps.
 */
export function chartColumns(curves: readonly Curve[], x: XAxis, log: boolean): ChartColumns {
  const [only] = curves
  const each = curves.map((curve) => curveColumns(curve, log))
  if (only !== undefined && curves.length === 1) {
    return [Array.from(only.x, (value) => value / xUnit(x)), ...(each[0] ?? [])]
  }
  const places = curves.map(sharedPlaces)
  const all = union(places)
  const columns = each.flatMap((own, index) => own.map((values) => spread(values, places[index] ?? all, all)))
  return [Array.from(all, (value) => value / xUnit(x)), ...columns]
}

function curveColumns(curve: Curve, log: boolean): Gaps[] {
  const drawable = (values: Float64Array): Gaps =>
    Array.from(values, (value) => (Number.isFinite(value) && !(log && value <= 0) ? value : null))
  const plain = drawable(curve.raw ? curve.last : curve.mean)
  const smooth = curve.smooth === null ? null : drawable(curve.smooth)
  const none: Gaps = new Array<null>(curve.x.length).fill(null)
  return [
    smooth ?? plain,
    smooth === null ? none : plain,
    curve.raw ? none : drawable(curve.min),
    curve.raw ? none : drawable(curve.max),
  ]
}

/**
 * Where a curve's entries stand beside other curves: buckets at their left edges, which the curves of a chart share,
 * so that few places are needed for all; the newest point at its true place.
 */
function sharedPlaces({ raw, x, edge }: Curve): Float64Array {
  if (raw || x.length === 0) return x
  const places = edge.slice()
  places[places.length - 1] = x[x.length - 1] ?? 0
  return places
}

function union(places: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(places.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const each of places) {
    all.set(each, at)
    at += each.length
  }
  all.sort()
  let kept = 0
  for (const value of all) {
    if (kept === 0 || value !== all[kept - 1]) all[kept++] = value
  }
  return all.subarray(0, kept)
}

/** Values that stand at `places`, with gaps at all others of `all`; of several at one place the last is kept. */
function spread(values: Gaps, places: Float64Array, all: Float64Array): Gaps {
  const wide: Gaps = new Array<null>(all.length).fill(null)
  let at = 0
  places.forEach((place, index) => {
    while (at < all.length - 1 && (all[at] ?? place) < place) at += 1
    wide[at] = values[index] ?? null
  })
  return wide
}

/** What one unit of a chart's x axis is in the server's unit: both times are milliseconds there. */
export function xUnit(x: XAxis): number {
  return x === 'step' ? 1 : 1000
}

/** Whether nothing of any curve can be drawn. */
export function nothingToDraw(columns: ChartColumns): boolean {
  return columns.every(
    (column, index) => index === 0 || ![LINE, MAX].some((part) => (index - 1) % PER_CURVE === part) || column.every((value) => value === null),
  )
}

/** What a curve shows at an index of the columns: its value without smoothing, and its band. */
export interface Reading {
  value: number
  min: number | null
  max: number | null
}

export function readingOf(columns: ChartColumns, curve: number, index: number): Reading | null {
  const at = (part: number) => (columns[columnAt(curve, part)])?.[index] ?? null
  const value = at(FAINT) ?? at(LINE)
  return value === null ? null : { value, min: at(MIN), max: at(MAX) }
}

/** Entries that are looked at on either side of the cursor. */
const NEAR = 2000
/** The part of a chart by which a curve may end before the cursor and still be read. */
const BEYOND = 0.02

/**
 * The index nearest to `index` at which a column has a value; null where the curve has ended, or not begun, well
 * before the cursor: a value from elsewhere would pass for one at that place.
 */
export function nearest(column: readonly (number | null)[], index: number): number | null {
  if (column[index] != null) return index
  let [left, right] = [index, index]
  while (left >= 0 && index - left < NEAR && column[left] == null) left -= 1
  while (right < column.length && right - index < NEAR && column[right] == null) right += 1
  const [before, after] = [column[left] != null, column[right] != null]
  if (before && after) return index - left <= right - index ? left : right
  const only = before ? left : after ? right : null
  return only !== null && Math.abs(only - index) <= Math.max(1, column.length * BEYOND) ? only : null
}

/** "all 1,204 points", "min to max of 1,000,000 points in 1,000 buckets", and what is not seen. */
export function chartCaption(curves: readonly Curve[], zoomed: boolean): string {
  const where = zoomed ? ' in this range' : ''
  const total = plural(curves.reduce((sum, curve) => sum + curve.total, 0), 'point')
  const bucketed = curves.filter(({ raw }) => !raw)
  const buckets = formatCount(Math.max(0, ...bucketed.map(({ x }) => x.length)))
  const several = curves.length > 1
  const parts = several ? [`${formatCount(curves.length)} curves`] : []
  if (bucketed.length === 0) parts.push(`all ${total}${where}`)
  else parts.push(`min to max of ${total}${where}${several ? `, ≤ ${buckets}` : ` in ${buckets}`} buckets`)
  const nonFinite = curves.reduce((sum, curve) => sum + curve.nonFinite, 0)
  if (nonFinite > 0) parts.push(`${formatCount(nonFinite)} NaN or infinite`)
  return parts.join(' · ')
}

/** Why a chart with curves has nothing to show. */
export function emptyReason(curves: readonly Curve[], log: boolean, zoomed: boolean): string {
  const total = curves.reduce((sum, curve) => sum + curve.total, 0)
  const nonFinite = curves.reduce((sum, curve) => sum + curve.nonFinite, 0)
  if (total === 0) return zoomed ? 'No points in this range' : 'No points yet'
  if (nonFinite >= total) {
    return total === 1 ? 'The only value is NaN or infinite' : `All ${plural(total, 'value')} are NaN or infinite`
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
