import { encode } from '@msgpack/msgpack'
import { expect, test } from 'vitest'
import { decodeCurves, seriesRequest } from './series'

const column = (...numbers: number[]) => new Uint8Array(new Float64Array(numbers).buffer)

test('columns are decoded exactly, at any alignment, non-finite values included', () => {
  const raw = { metric: 'loss', raw: true, total: 3, non_finite: 1, columns: { x: column(0, 1, 2), value: column(0.1, NaN, -0.5) } }
  for (const padding of ['', 'x', 'xx', 'xxxx']) {
    const [curve] = decodeCurves(encode({ padding, charts: [{ series: [raw] }] }))
    expect([...(curve?.x ?? [])]).toEqual([0, 1, 2])
    expect([...(curve?.last ?? [])]).toEqual([0.1, NaN, -0.5])
    expect(curve?.min).toBe(curve?.last)
    expect(curve?.smooth).toBeNull()
  }
})

test('buckets carry minimum, maximum and mean', () => {
  const bucketed = {
    metric: 'loss', raw: false, total: 100, non_finite: 0,
    columns: {
      x: column(0, 50), last_x: column(49, 99), last: column(1, 2), min: column(0, 1), max: column(5, 6),
      mean: column(2, 3), smoothed: column(2, 2.5),
    },
  }
  const [curve] = decodeCurves(encode({ charts: [{ series: [bucketed] }] }))
  expect(curve).toMatchObject({ raw: false, total: 100, nonFinite: 0 })
  expect([...(curve?.x ?? [])]).toEqual([49, 99])
  expect([...(curve?.edge ?? [])]).toEqual([0, 50])
  expect([...(curve?.max ?? [])]).toEqual([5, 6])
  expect([...(curve?.smooth ?? [])]).toEqual([2, 2.5])
})

test('an answer without the curve is an error, not an empty chart', () => {
  expect(() => decodeCurves(encode({ charts: [{ series: [] }] }))).toThrow(/without a curve/)
})

test('a request names axis, range and smoothing', () => {
  const request = seriesRequest([{ runId: 'r', metric: 'loss', x: 'time', range: [1, 2], smoothing: { kind: 'gaussian', amount: 5 }, points: 400 }])
  expect(request).toMatchObject({ x: 'time', smoothing: { kind: 'gaussian', amount: 5 } })
  expect(request.charts).toEqual([{ run_ids: ['r'], metrics: ['loss'], start: 1, end: 2 }])
})

test('no smoothing of any kind is none', () => {
  const request = seriesRequest([{ runId: 'r', metric: 'loss', x: 'step', range: null, smoothing: { kind: 'mean', amount: 0 }, points: 1000 }])
  expect(request.smoothing).toEqual({ kind: 'none', amount: 0 })
})
