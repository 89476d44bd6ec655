// Curves for tests.
import type { Curve } from '../api/series'

/** Points at x = 0, 1, 2 … */
export function curveOf(values: readonly number[], changes: Partial<Curve> = {}): Curve {
  const last = Float64Array.from(values)
  const x = changes.x ?? Float64Array.from(values.keys())
  const odd = last.map((value) => (Number.isFinite(value) ? 0 : 1))
  return {
    metric: 'loss', raw: true, total: values.length, nonFinite: odd.reduce((sum, value) => sum + value, 0), width: 0,
    count: new Float64Array(values.length).fill(1), odd, x, edge: x, first: x[0] ?? null, min: last, max: last, mean: last, last,
    smooth: null, runs: null, ...changes,
  }
}
