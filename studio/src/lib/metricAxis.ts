// A curve over another metric's values instead of over steps.
import type { Curve } from '../api/series'
import type { Range } from './chartView'

/**
 * Places a curve's entries at the values that another metric of the run had at the same step, or at the last step
 * before: metrics are not always logged together. Entries before its first value, and at NaN or an infinity, are left
 * out, and those outside of `zoom`. The result goes from left to right, whatever the order in which the values came.
 */
export function overMetric(curve: Curve, axis: Curve, zoom: Range | null = null): Curve {
  const [low, high] = zoom ?? [-Infinity, Infinity]
  const places: [place: number, index: number][] = []
  let at = -1
  for (let index = 0; index < curve.x.length; index += 1) {
    const step = curve.x[index] ?? 0
    while (at + 1 < axis.x.length && (axis.x[at + 1] ?? 0) <= step) at += 1
    const place = at < 0 ? NaN : (axis.last[at] ?? NaN)
    if (Number.isFinite(place) && place >= low && place <= high) places.push([place, index])
  }
  places.sort(([one], [other]) => one - other)
  const pick = (column: Float64Array) => Float64Array.from(places, ([, index]) => column[index] ?? NaN)
  const x = Float64Array.from(places, ([place]) => place)
  const last = pick(curve.last)
  return {
    ...curve,
    // Finer data are asked for by steps, which may reach further.
    total: zoom === null ? curve.total : pick(curve.count).reduce((sum, count) => sum + count, 0),
    // Values of one place may come from anywhere along the curve, so they stand in no common buckets.
    width: 0,
    x,
    edge: x,
    first: null,
    last,
    count: pick(curve.count),
    odd: pick(curve.odd),
    min: curve.raw ? last : pick(curve.min),
    max: curve.raw ? last : pick(curve.max),
    mean: curve.raw ? last : pick(curve.mean),
    smooth: curve.smooth === null ? null : pick(curve.smooth),
  }
}

/**
 * The steps between which the metric of an axis has values within a range, so that finer data can be asked for; null
 * where it has none. Wider by an entry at both ends: an axis' value holds until its next one.
 */
export function stepsWithin({ edge, x, min, max }: Curve, [low, high]: Range): Range | null {
  const within = (index: number) => (min[index] ?? NaN) <= high && (max[index] ?? NaN) >= low
  let first = 0
  while (first < x.length && !within(first)) first += 1
  if (first === x.length) return null
  let last = x.length - 1
  while (!within(last)) last -= 1
  const start = edge[Math.max(first - 1, 0)] ?? 0
  // After the axis' last value the curve may go on.
  return [start, last + 1 < x.length ? (x[last + 1] ?? 0) : Number.MAX_SAFE_INTEGER]
}
