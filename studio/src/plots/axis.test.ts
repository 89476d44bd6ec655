import { expect, test } from 'vitest'
import { axisOf, linearSteps, place, ticksOf, valueAt } from './axis'
import { brushOf, keyed, spanOf } from './axisBrush'
import { coloring, GREY, RAMP, rampColor } from './coloring'
import { table } from './fixtures'
import { binOf, edges, groups } from './grouping'
import { quantile, rankCorrelation, spread } from './statistics'
import type { Column } from './values'

const numbers = (values: (number | null)[]): Column => ({ key: 'params.x', label: 'x', type: 'number', values })
const text: Column = { key: 'params.o', label: 'o', type: 'text', values: ['sgd', 'adam', null, 'sgd'] }

test('values have places on linear and logarithmic axes, and places values', () => {
  const linear = axisOf(numbers([0, 5, 10]), [0, 1, 2], false)
  expect([place(linear, 5), valueAt(linear, 0.5), valueAt(linear, 2)]).toEqual([0.5, 5, 10])
  const log = axisOf(numbers([0.001, null, 10]), [0, 2], true)
  expect(place(log, 0.1)).toBeCloseTo(0.5)
  expect(valueAt(log, 0.25)).toBeCloseTo(0.01)
  const single = axisOf(numbers([3]), [0], true)
  expect([place(single, 3), ticksOf(single, 5)]).toEqual([0.5, [{ value: 3, label: '3' }]])
  const points = axisOf(text, [0, 1, 3], false)
  expect([points.values, place(points, 'adam'), place(points, 'sgd')]).toEqual([['adam', 'sgd'], 0, 1])
})

test('ticks are round, and a logarithmic axis has two at least', () => {
  expect(linearSteps(0, 0.5, 5)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5])
  expect(linearSteps(-7, 13, 4)).toEqual([-5, 0, 5, 10])
  expect(linearSteps(0.86, 0.94, 3)).toEqual([0.86, 0.88, 0.9, 0.92, 0.94])
  expect(linearSteps(0.96, 0.99, 1)).toEqual([0.96, 0.98])
  const ticks = (min: number, max: number, wanted: number) => ticksOf({ key: '', label: '', type: 'log', min, max, values: [] }, wanted).map(({ value }) => value)
  expect(ticks(1.2e-5, 0.09, 4)).toEqual([1e-4, 1e-3, 1e-2])
  expect(ticks(0.9, 11, 8)).toEqual([1, 2, 5, 10])
  expect(ticks(2.1, 4.9, 3)).toEqual([3, 4])
  const time = ticksOf({ key: '', label: '', type: 'time', min: 1_700_000_000_000, max: 1_700_003_600_000, values: [] }, 6)
  expect(time.every(({ value }) => Number(value) % 60_000 === 0)).toBe(true)
  expect(time.length).toBeGreaterThan(3)
})

test('a brush drawn on an axis lies there again', () => {
  const log = axisOf(numbers([0.001, 10]), [0, 1], true)
  const brush = brushOf(log, [0.25, 0.5])
  expect(brush).toEqual({ key: 'params.x', from: 0.01, to: 0.1 })
  expect(spanOf(log, brush)?.map((at) => Math.round(at * 1e6) / 1e6)).toEqual([0.25, 0.5])
  expect(spanOf(log, { key: 'params.x', from: -1, to: 100 })).toEqual([0, 1])
  const points = axisOf(text, [0, 1], false)
  expect(brushOf(points, [0.4, 1])).toEqual({ key: 'params.o', values: ['sgd'] })
  expect(spanOf(points, { key: 'params.o', values: ['sgd'] })).toEqual([0.5, 1])
  expect(spanOf(points, { key: 'params.o', values: ['gone'] })).toBeNull()
})

test('keys begin, move, size and clear a brush', () => {
  const axis = axisOf(numbers([0, 1]), [0, 1], false)
  expect(keyed(axis, null, 'ArrowUp', false)).toEqual([0.5, 1])
  expect(keyed(axis, [0.5, 1], 'ArrowUp', false)).toEqual([0.5, 1])
  expect(keyed(axis, [0.5, 0.7], 'ArrowDown', false)?.map((at) => Number(at.toFixed(6)))).toEqual([0.45, 0.65])
  expect(keyed(axis, [0.5, 0.7], 'ArrowUp', true)).toEqual([0.5, 0.75])
  expect(keyed(axis, [0.5, 1], 'Delete', false)).toBeNull()
  expect(keyed(axis, null, 'Delete', false)).toBeUndefined()
  expect(keyed(axis, null, 'a', false)).toBeUndefined()
})

test('colours follow a column, each run its own without one, and grey where there is no value', () => {
  const runs = table(3, { params: { o: ['b', null, 'a'] }, metrics: { loss: [1, 'NaN', 3] } })
  const own = new Map([['r0', '#111111'], ['r2', '#222222']])
  expect([0, 1, 2].map(coloring(runs, '', false, own).of)).toEqual(['#111111', GREY, '#222222'])
  const byLoss = coloring(runs, 'metrics.loss', false, own)
  expect([0, 1, 2].map(byLoss.of)).toEqual([RAMP[0], GREY, RAMP[4]])
  expect([byLoss.legend?.kind, byLoss.reasons]).toEqual(['ramp', ['1 without loss is grey']])
  const byText = coloring(runs, 'params.o', false, own)
  expect(byText.legend).toMatchObject({ kind: 'swatches', entries: [{ label: 'a' }, { label: 'b' }] })
  expect(byText.of(1)).toBe(GREY)
  expect(rampColor(0.5)).toBe(RAMP[2])
})

test('few values make a group each, many numbers make ranges that hold every run', () => {
  const few = groups(numbers([4, 2, 4, null]), [0, 1, 2], false)
  expect(few).toEqual([{ label: '2', rows: [1] }, { label: '4', rows: [0, 2] }])
  const many = numbers(Array.from({ length: 40 }, (_none, index) => index / 10))
  const ranges = groups(many, [...Array(40).keys()], false)
  expect(ranges.length).toBeLessThan(10)
  expect(ranges.flatMap(({ rows }) => rows)).toHaveLength(40)
  expect(ranges[0]?.label).toBe('0 – 1')
})

test('bounds of ranges are round and hold the least and the greatest', () => {
  expect(edges([0.13, 0.87], false, 4)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  expect(edges([5, 5], false, 4)).toEqual([4.5, 5.5])
  expect(edges([1e-5, 0.09], true, 4)).toEqual([1e-5, 1e-4, 1e-3, 1e-2, 0.1])
  expect(edges([3, 3], true, 4)).toEqual([1.5, 6])
  const wide = edges([2e-9, 5e7], true, 5)
  expect([(wide[0] ?? 1) <= 2e-9, (wide.at(-1) ?? 0) >= 5e7]).toEqual([true, true])
  expect([0, 0.2, 0.39, 1].map((value) => binOf([0, 0.2, 0.4, 1], value))).toEqual([0, 1, 1, 2])
})

test('figures over numbers', () => {
  expect(spread([2, 4])).toEqual({ count: 2, mean: 3, deviation: Math.SQRT2 })
  expect(spread([5]).deviation).toBe(0)
  expect([0, 0.25, 0.5, 1].map((part) => quantile([1, 2, 3, 4], part))).toEqual([1, 1.75, 2.5, 4])
  expect(rankCorrelation([1, 2, 3, 4], [10, 100, 1000, 10_000])).toBeCloseTo(1)
  expect(rankCorrelation([1, 2, 3, 3], [3, 2, 1, 1])).toBeCloseTo(-1)
  expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBe(0)
})
