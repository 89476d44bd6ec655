// Turns curves into the columns that uPlot draws.
import type { Curve } from '../api/series'
import type { Bounds } from './chartSettings'
import { axisMetric } from './chartView'
import type { Range, XAxis } from './chartView'

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
export function chartColumns(given: readonly Curve[], x: XAxis, scale: Scale): ChartColumns {
  const curves = scale.logX ? given.map(rightOfZero) : given
  const places = entryPlaces(curves)
  const all = union(places)
  const columns = curves.flatMap((curve, index) =>
    curveColumns(curve, scale.log[index] ?? false).map((values) => (values === null ? noValues(all.length) : spread(values, places[index] ?? all, all))),
  )
  const unit = xUnit(x)
  return [Array.from(all, (value) => value / unit), ...columns]
}

/** Columns without any value, by their length: most curves have two or three, so each is made once. */
const empty = new Map<number, Gaps>()
const known = new WeakSet<Gaps>()
const MOST_KEPT = 100

function noValues(length: number): Gaps {
  const found = empty.get(length)
  if (found !== undefined) return found
  const made: Gaps = new Array<null>(length).fill(null)
  if (empty.size >= MOST_KEPT) empty.clear()
  empty.set(length, made)
  known.add(made)
  return made
}

/** Whether a column is known to hold nothing that could be drawn. */
export function hasNoValues(column: unknown): boolean {
  return known.has(column as Gaps)
}

/** Which axes are logarithmic: that of y for each curve, since there may be two. */
export interface Scale {
  log: readonly boolean[]
  logX: boolean
}

/** What a logarithmic x axis can show of a curve. */
function rightOfZero(curve: Curve): Curve {
  const found = curve.x.findIndex((value) => value > 0)
  const first = curve.first !== null && curve.first > 0 ? curve.first : null
  // Also a bucket whose last point can be shown may begin at zero.
  if (found === 0 && first === curve.first && (curve.edge[0] ?? 1) > 0) return curve
  const from = found < 0 ? curve.x.length : found
  const cut = (column: Float64Array) => column.subarray(from)
  const x = cut(curve.x)
  return {
    ...curve,
    x,
    first,
    // A bucket that begins at zero is shown where its last point lies.
    edge: cut(curve.edge).map((value, index) => (value > 0 ? value : (x[index] ?? value))),
    min: cut(curve.min), max: cut(curve.max), mean: cut(curve.mean), last: cut(curve.last),
    count: cut(curve.count), odd: cut(curve.odd),
    smooth: curve.smooth && cut(curve.smooth), runs: curve.runs && cut(curve.runs),
  }
}

function curveColumns(curve: Curve, log: boolean): (Gaps | null)[] {
  const plain = drawable(curve.raw ? curve.last : curve.mean, log)
  const smooth = curve.smooth === null ? null : drawable(curve.smooth, log)
  return [
    smooth ?? plain,
    smooth === null ? null : plain,
    curve.raw ? null : drawable(curve.min, log),
    curve.raw ? null : drawable(curve.max, log),
  ]
}

/** Loops: a page of charts has millions of values, and callbacks take five times as long. */
function drawable(values: Float64Array, log: boolean): Gaps {
  const drawn: Gaps = new Array<number | null>(values.length)
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? NaN
    drawn[index] = Number.isFinite(value) && !(log && value <= 0) ? value : null
  }
  return drawn
}

/** Where the entries of a chart's curves stand. */
export function entryPlaces(curves: readonly Curve[]): Float64Array[] {
  return curves.length === 1 ? curves.map(ownPlaces) : curves.map(sharedPlaces)
}

/** Where a curve's entries stand by themselves: buckets at their last points, but the first at the curve's first point. */
function ownPlaces({ raw, x, first }: Curve): Float64Array {
  if (raw || x.length < 2 || first === null) return x
  const places = x.slice()
  places[0] = first
  return places
}

/**
 * Where a curve's entries stand beside other curves: buckets at their left edges, which the curves of a chart share,
 * so that few places are needed for all; the first and the newest point at their true places.
 */
function sharedPlaces({ raw, x, edge, first }: Curve): Float64Array {
  if (raw || x.length === 0) return x
  const places = edge.slice()
  if (first !== null) places[0] = first
  places[places.length - 1] = x[x.length - 1] ?? 0
  return places
}

function union(places: readonly Float64Array[]): Float64Array {
  const [first] = places
  // Runs of one script log at the same steps.
  if (first !== undefined && (places.length === 1 || (grows(first) && places.every((each) => same(each, first))))) return first
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

function same(one: Float64Array, other: Float64Array): boolean {
  if (one === other) return true
  if (one.length !== other.length) return false
  for (let index = 0; index < one.length; index += 1) {
    if (one[index] !== other[index]) return false
  }
  return true
}

/** Without several entries at one place, of which only the last would be kept. */
function grows(places: Float64Array): boolean {
  for (let index = 1; index < places.length; index += 1) {
    if ((places[index] ?? 0) <= (places[index - 1] ?? 0)) return false
  }
  return true
}

/** Values that stand at `places`, with gaps at all others of `all`; of several at one place the last is kept. */
function spread(values: Gaps, places: Float64Array, all: Float64Array): Gaps {
  if (same(places, all)) return values
  const wide: Gaps = new Array<number | null>(all.length).fill(null)
  let at = 0
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index] ?? 0
    while (at < all.length - 1 && (all[at] ?? place) < place) at += 1
    wide[at] = values[index] ?? null
  }
  return wide
}

/** What one unit of a chart's x axis is in the server's unit: both times are milliseconds there. */
export function xUnit(x: XAxis): number {
  return x === 'step' || axisMetric(x) !== null ? 1 : 1000
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

/** The least and the greatest value of a curve in what is drawn; null where nothing is. */
export function extremes(columns: ChartColumns, curve: number): Extremes | null {
  // Asked for at each move of the cursor.
  const known = found.get(columns) ?? new Map<number, Extremes | null>()
  found.set(columns, known)
  const own = known.get(curve)
  if (own !== undefined) return own
  const fresh = findExtremes(columns, curve)
  known.set(curve, fresh)
  return fresh
}

type Extremes = readonly [least: number, greatest: number]
const found = new WeakMap<ChartColumns, Map<number, Extremes | null>>()

function findExtremes(columns: ChartColumns, curve: number): Extremes | null {
  let [least, greatest] = [Infinity, -Infinity]
  const plain = [columnAt(curve, FAINT), columnAt(curve, LINE)].find((at) => (columns[at] ?? []).some((value) => value !== null))
  for (const at of [plain ?? columnAt(curve, LINE), columnAt(curve, MIN), columnAt(curve, MAX)]) {
    for (const value of columns[at] ?? []) {
      if (value === null) continue
      if (value < least) least = value
      if (value > greatest) greatest = value
    }
  }
  return least > greatest ? null : [least, greatest]
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

/** How far from the middle half of the values, in its widths, others are outliers: Tukey's outer fence. */
const FENCE = 3
const LEAST_FOR_OUTLIERS = 8

/** The range of the values without outliers; null when there is no value. */
export function withoutOutliers(values: readonly number[]): [number, number] | null {
  const sorted = [...values].sort((one, other) => one - other)
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined) return null
  if (sorted.length < LEAST_FOR_OUTLIERS) return [first, last]
  const quarter = (part: number) => sorted[Math.round((sorted.length - 1) * part)] ?? first
  const [low, high] = [quarter(0.25), quarter(0.75)]
  const room = FENCE * (high - low)
  // The middle half may be one value: then whatever differs from it would be an outlier.
  if (room === 0) return [first, last]
  const kept = sorted.filter((value) => value >= low - room && value <= high + room)
  return [kept[0] ?? first, kept.at(-1) ?? last]
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

/** Like `yRange`, with the bounds that somebody chose in place of the data's. */
export function boundedRange([min, max]: readonly [number | null, number | null], [low, high]: Bounds, log: boolean): Range {
  const [least, greatest] = yRange(min, max, log)
  // A logarithmic axis begins above zero.
  const start = low !== null && !(log && low <= 0) ? low : least
  const end = high !== null && !(log && high <= 0) ? high : greatest
  return start < end ? [start, end] : low !== null ? [start, start + (Math.abs(start) || 1)] : [end - (Math.abs(end) || 1), end]
}

/** An x range for a logarithmic axis, which begins above zero: at `first`, the first x that can be drawn, at least. */
export function logRange(start: number, end: number, first: number): Range {
  const from = start > 0 ? start : Math.min(first, end > 0 ? end : first)
  return [from, end > from ? end : from * 10]
}
