// A curve over another metric's values instead of over steps.
import type { Curve } from '../api/series'

/**
 * Places a curve's entries at the values that another metric of the run had at the same step, or at the last step
 * before: metrics are not always logged together. Entries before its first value, and at NaN or an infinity, are left
 * out. The result goes from left to right, whatever the order in which the values came.
 */
export function overMetric(curve: Curve, axis: Curve): Curve {
  const places: [place: number, index: number][] = []
  let at = -1
  for (let index = 0; index < curve.x.length; index += 1) {
    const step = curve.x[index] ?? 0
    while (at + 1 < axis.x.length && (axis.x[at + 1] ?? 0) <= step) at += 1
    const place = at < 0 ? NaN : (axis.last[at] ?? NaN)
    if (Number.isFinite(place)) places.push([place, index])
  }
  places.sort(([one], [other]) => one - other)
  const pick = (column: Float64Array) => Float64Array.from(places, ([, index]) => column[index] ?? NaN)
  const x = Float64Array.from(places, ([place]) => place)
  const last = pick(curve.last)
  return {
    ...curve,
    // Values of one place may come from anywhere along the curve, so they stand in no common buckets.
    width: 0,
    x,
    edge: x,
    last,
    count: pick(curve.count),
    odd: pick(curve.odd),
    min: curve.raw ? last : pick(curve.min),
    max: curve.raw ? last : pick(curve.max),
    mean: curve.raw ? last : pick(curve.mean),
    smooth: curve.smooth === null ? null : pick(curve.smooth),
  }
}
