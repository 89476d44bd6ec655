import { expect, test } from 'vitest'
import type { Curve } from '../api/series'
import { barsOf, singlePoints } from './singlePoints'

const line = (run: string) => ({ runId: run, run, metric: 'f1', name: run, color: '#000' })
const curve = (values: number[], change: Partial<Curve> = {}): Curve => {
  const last = Float64Array.from(values)
  const x = last.map((_value, index) => 7000 + index)
  const [count, odd] = [last.map(() => 1), last.map(() => 0)]
  return {
    metric: 'f1', raw: true, total: values.length, nonFinite: 0, width: 0, count, odd, x, edge: x, first: 7000, min: last, max: last, mean: last, last,
    smooth: null, runs: null, ...change,
  }
}

test('curves of one point each are told from all others', () => {
  const [a, b] = [line('a'), line('b')]
  expect(singlePoints([a, b], [curve([0.5]), curve([0.25])], 'step')).toEqual([
    { line: a, value: 0.5, x: 7000 },
    { line: b, value: 0.25, x: 7000 },
  ])
  expect(singlePoints([a], [curve([0.5])], 'relative')).toEqual([{ line: a, value: 0.5, x: 7 }])
  expect(singlePoints([a, b], [curve([0.5]), curve([1, 2])], 'step')).toBeNull()
  expect(singlePoints([a, b], [curve([0.5]), curve([])], 'step')).toBeNull()
  expect(singlePoints([a], [curve([NaN])], 'step')).toBeNull()
  expect(singlePoints([a], [curve([0.5], { runs: Float64Array.of(3) })], 'step')).toBeNull()
  expect(singlePoints([], [], 'step')).toBeNull()
})

test('bars begin at zero', () => {
  expect(barsOf([1, 4])).toEqual([{ start: 0, length: 0.25 }, { start: 0, length: 1 }])
  expect(barsOf([-1, 3])).toEqual([{ start: 0, length: 0.25 }, { start: 0.25, length: 0.75 }])
  expect(barsOf([0])).toEqual([{ start: 0, length: 0 }])
})
