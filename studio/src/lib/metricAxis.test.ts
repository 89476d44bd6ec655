import { expect, test } from 'vitest'
import { curveOf } from './chartTesting'
import { overMetric } from './metricAxis'

test('a curve stands at what another metric was at the same step, or last before', () => {
  const loss = curveOf([5, 4, 3, 2], { x: Float64Array.of(0, 1, 2, 3) })
  const samples = curveOf([100, 300], { x: Float64Array.of(1, 3) })
  const found = overMetric(loss, samples)
  // Step 0 comes before the other's first value.
  expect([...found.x]).toEqual([100, 100, 300])
  expect([...found.last]).toEqual([4, 3, 2])
  expect(found.total).toBe(4)
})

test('it goes from left to right also where the other metric falls, and leaves out NaN', () => {
  const loss = curveOf([1, 2, 3])
  const found = overMetric(loss, curveOf([0.3, NaN, 0.1]))
  expect([...found.x]).toEqual([0.1, 0.3])
  expect([...found.last]).toEqual([3, 1])
})
