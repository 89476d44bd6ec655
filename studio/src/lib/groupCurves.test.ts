import { expect, test } from 'vitest'
import { curveOf } from './chartTesting'
import { groupCurve } from './groupCurves'

const numbers = (column: Float64Array | null) => [...(column ?? [])]

test('points of several runs meet where their steps do', () => {
  const group = groupCurve([curveOf([1, 2, 3]), curveOf([3, 6])], 'mean', 'std')
  expect(numbers(group.x)).toEqual([0, 1, 2])
  expect(numbers(group.mean)).toEqual([2, 4, 3])
  expect(numbers(group.runs)).toEqual([2, 2, 1])
  // Of 1 and 3: the sample's standard deviation is the square root of 2. One run has none.
  expect(numbers(group.min).map((value) => value.toFixed(4))).toEqual(['0.5858', '1.1716', '3.0000'])
  expect(group.total).toBe(5)
})

test('bands: standard error, extremes, none; the median of an even number', () => {
  const members = [curveOf([1]), curveOf([2]), curveOf([6]), curveOf([7])]
  expect(numbers(groupCurve(members, 'median', 'none').mean)).toEqual([4])
  const deviation = Math.sqrt((9 + 4 + 4 + 9) / 3)
  expect(groupCurve(members, 'mean', 'stderr').max[0]).toBeCloseTo(4 + deviation / 2, 12)
  const wide = groupCurve(members, 'mean', 'minmax')
  expect([wide.min[0], wide.max[0]]).toEqual([1, 7])
  const none = groupCurve(members, 'mean', 'none')
  expect([none.min[0], none.max[0]]).toEqual([4, 4])
})

test('a run counts once, however many points it has in a bucket, and each by its finite ones', () => {
  const edge = Float64Array.of(0, 8)
  const bucketed = curveOf([1, 2], {
    raw: false, width: 8, edge, x: Float64Array.of(7, 15), mean: Float64Array.of(10, 20), min: Float64Array.of(0, 18),
    max: Float64Array.of(30, 22), count: Float64Array.of(8, 8), odd: Float64Array.of(4, 0), nonFinite: 4, total: 16,
  })
  const points = curveOf([2, 4, 6, NaN], { x: Float64Array.of(0, 1, 9, 10) })
  const group = groupCurve([bucketed, points], 'mean', 'minmax')
  expect(numbers(group.edge)).toEqual([0, 8])
  expect(numbers(group.mean)).toEqual([(10 + 3) / 2, (20 + 6) / 2])
  expect(numbers(group.odd)).toEqual([4, 1])
  expect([numbers(group.min), numbers(group.max)]).toEqual([[0, 6], [30, 22]])
  expect(numbers(group.x)).toEqual([7, 15])
})

test('narrow buckets are joined into the widest of the group', () => {
  const bucket = (width: number, means: number[]) => curveOf(means, {
    raw: false, width, edge: Float64Array.from(means, (_mean, index) => index * width), x: Float64Array.from(means, (_mean, index) => index * width + width - 1),
    count: new Float64Array(means.length).fill(width), odd: new Float64Array(means.length),
  })
  const group = groupCurve([bucket(2, [1, 3, 5, 7]), bucket(4, [10, 20])], 'mean', 'std')
  expect(numbers(group.edge)).toEqual([0, 4])
  expect(numbers(group.mean)).toEqual([(2 + 10) / 2, (6 + 20) / 2])
})

test('runs whose points never share an x meet in places as wide as their points are apart', () => {
  const times = (...all: number[]) => ({ x: Float64Array.from(all), edge: Float64Array.from(all) })
  // A second apart, with some milliseconds of difference; the second run has a pause.
  const members = [curveOf([1, 2, 3, 4, 5], times(17, 1017, 2040, 3050, 4080)), curveOf([3, 4, 5, 6, 7], times(80, 1090, 2100, 3100, 90_000))]
  const group = groupCurve(members, 'mean', 'minmax', false)
  expect(numbers(group.edge)).toEqual([0, 1024, 2048, 3072, 89_088])
  expect(numbers(group.runs)).toEqual([2, 2, 2, 2, 1])
  expect(numbers(group.mean)).toEqual([(1.5 + 3) / 2, (3 + 4) / 2, (4 + 5) / 2, (5 + 6) / 2, 7])
})

test('runs that meet as they are keep every place', () => {
  const x = Float64Array.of(0, 0.1, 0.2)
  const group = groupCurve([curveOf([1, 2, 3], { x, edge: x }), curveOf([3, 4], { x: x.subarray(0, 2), edge: x.subarray(0, 2) })], 'mean', 'std', false)
  expect(numbers(group.x)).toEqual([0, 0.1, 0.2])
  expect(numbers(group.mean)).toEqual([2, 3, 3])
})

test('where no run has a finite value there is no middle', () => {
  const group = groupCurve([curveOf([NaN, 1]), curveOf([Infinity, 3])], 'median', 'std')
  expect(numbers(group.mean)).toEqual([NaN, 2])
  expect(numbers(group.runs)).toEqual([0, 2])
  expect(group.nonFinite).toBe(2)
})

test('smoothed curves have a middle of their own', () => {
  const group = groupCurve([curveOf([1, 2], { smooth: Float64Array.of(1, 1.5) }), curveOf([3, 4], { smooth: Float64Array.of(3, 3.5) })], 'mean', 'std')
  expect(numbers(group.smooth)).toEqual([2, 2.5])
})
