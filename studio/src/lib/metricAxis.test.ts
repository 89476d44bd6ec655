import { expect, test } from 'vitest'
import { curveOf } from './chartTesting'
import { overMetric, stepsWithin } from './metricAxis'

test('a curve stands at what another metric was at the same step, or last before', () => {
  const loss = curveOf([5, 4, 3, 2], { x: Float64Array.of(0, 1, 2, 3) })
  const samples = curveOf([100, 300], { x: Float64Array.of(1, 3) })
  const found = overMetric(loss, samples)
  // Step 0 comes before the other's first value.
  expect([...found.x]).toEqual([100, 100, 300])
  expect([...found.last]).toEqual([4, 3, 2])
  expect(found.total).toBe(4)
  const zoomed = overMetric(loss, samples, [200, 400])
  expect([[...zoomed.x], zoomed.total]).toEqual([[300], 1])
})

test('it goes from left to right also where the other metric falls, and leaves out NaN', () => {
  const loss = curveOf([1, 2, 3])
  const found = overMetric(loss, curveOf([0.3, NaN, 0.1]))
  expect([...found.x]).toEqual([0.1, 0.3])
  expect([...found.last]).toEqual([3, 1])
})

test('a zoom is of the steps at which the axis has such values', () => {
  const axis = curveOf([0, 10, 20, 30, 40], { x: Float64Array.of(0, 100, 200, 300, 400), edge: Float64Array.of(0, 100, 200, 300, 400) })
  expect(stepsWithin(axis, [18, 22])).toEqual([100, 300])
  expect(stepsWithin(axis, [35, 90])).toEqual([300, Number.MAX_SAFE_INTEGER])
  expect(stepsWithin(axis, [50, 90])).toBeNull()
  // It may come back to a value.
  const wave = curveOf([0, 5, 0, 5, 0], { x: Float64Array.of(0, 1, 2, 3, 4), edge: Float64Array.of(0, 1, 2, 3, 4) })
  expect(stepsWithin(wave, [4, 6])).toEqual([0, 4])
})
