import { expect, test, vi } from 'vitest'
import type uPlot from 'uplot'
import type { Curve } from '../api/series'
import { chartCaption, chartColumns, emptyReason, nothingToDraw, xRange, yRange } from './chartData'
import { chartOptions, xLabel } from './chartOptions'
import type { ChartSettings } from './chartOptions'

function curve(values: number[], changes: Partial<Curve> = {}): Curve {
  const last = Float64Array.from(values)
  return {
    metric: 'loss', raw: true, total: values.length, nonFinite: values.filter((value) => !Number.isFinite(value)).length,
    x: Float64Array.from(values.keys()), min: last, max: last, mean: last, last, smooth: null, ...changes,
  }
}

test('raw points are the line; NaN and infinities are gaps', () => {
  const [x, line, faint, min] = chartColumns(curve([1, NaN, 3, Infinity]), 'step', false)
  expect(x).toEqual([0, 1, 2, 3])
  expect(line).toEqual([1, null, 3, null])
  expect(faint).toEqual([null, null, null, null])
  expect(min).toEqual([null, null, null, null])
})

test('buckets draw their mean within a band from minimum to maximum', () => {
  const bucketed = curve([1, 2], {
    raw: false, min: Float64Array.of(0, 1), max: Float64Array.of(9, 8), mean: Float64Array.of(4, 5),
  })
  const [, line, , min, max] = chartColumns(bucketed, 'step', false)
  expect([line, min, max]).toEqual([[4, 5], [0, 1], [9, 8]])
})

test('a smoothed curve keeps the unsmoothed one as a faint line', () => {
  const [, line, faint] = chartColumns(curve([1, 3], { smooth: Float64Array.of(1, 2) }), 'step', false)
  expect([line, faint]).toEqual([[1, 2], [1, 3]])
})

test('what is not positive is a gap on a logarithmic axis; times become seconds', () => {
  const [x, line] = chartColumns(curve([1, 0, -2], { x: Float64Array.of(1000, 2000, 3000) }), 'time', true)
  expect(x).toEqual([1, 2, 3])
  expect(line).toEqual([1, null, null])
})

test('captions say what is shown', () => {
  expect(chartCaption(curve(new Array<number>(1204).fill(1)), false)).toBe('all 1,204 points')
  expect(chartCaption(curve([1]), false)).toBe('all 1 point')
  const bucketed = curve(new Array<number>(1000).fill(1), { raw: false, total: 1_000_000, nonFinite: 2 })
  expect(chartCaption(bucketed, false)).toBe('min to max of 1,000,000 points in 1,000 buckets · 2 NaN or infinite')
  expect(chartCaption(bucketed, true)).toContain('points in this range in')
})

test('an empty chart says why', () => {
  const nan = curve([NaN, NaN])
  expect(nothingToDraw(chartColumns(nan, 'step', false))).toBe(true)
  expect(emptyReason(nan, false, false)).toBe('All 2 values are NaN or infinite')
  expect(emptyReason(curve([]), false, true)).toBe('No points in this range')
  expect(emptyReason(curve([-1]), true, false)).toMatch(/logarithmic/)
  expect(nothingToDraw(chartColumns(curve([0]), 'step', false))).toBe(false)
})

test('one point has room around it, and a zoom outlives new data', () => {
  expect(xRange(null, 5, 5)).toEqual([4, 6])
  expect(xRange(null, 0, 100)).toEqual([0, 100])
  expect(xRange([10, 20], 0, 5000)).toEqual([10, 20])
  expect(xRange(null, null, null)).toEqual([0, 1])
})

test('y ranges leave room, also around equal values and without any', () => {
  expect(yRange(0, 100, false)).toEqual([-6, 106])
  expect(yRange(5, 5, false)).toEqual([4.5, 5.5])
  expect(yRange(0, 0, false)).toEqual([-0.5, 0.5])
  expect(yRange(null, null, false)).toEqual([0, 1])
  expect(yRange(0.02, 3, true)).toEqual([0.01, 10])
  expect(yRange(1, 1, true)).toEqual([1, 10])
})

function settings(changes: Partial<ChartSettings> = {}): ChartSettings {
  return {
    color: '#2f7ed8', theme: { text: '#000000', grid: '#eeeeee' }, x: 'step', log: false,
    zoom: () => null, onZoom: vi.fn(), onCursor: vi.fn(), ...changes,
  }
}

function dragged(left: number, width: number): uPlot {
  return { select: { left, width }, posToVal: (at: number) => at * 10, setSelect: vi.fn() } as unknown as uPlot
}

test('dragging zooms, clicking does not, a double click shows all again', () => {
  const onZoom = vi.fn()
  const options = chartOptions(settings({ onZoom }), 300, 200)
  const [hook] = options.hooks?.setSelect ?? []
  const press = () =>
    options.cursor?.bind?.mousedown?.(dragged(0, 0), {} as HTMLDivElement, () => null)?.({} as MouseEvent)
  press()
  hook?.(dragged(5, 2))
  expect(onZoom).not.toHaveBeenCalled()
  press()
  hook?.(dragged(5, 20))
  expect(onZoom).toHaveBeenLastCalledWith([50, 250])
  // A drag on another chart of the page is not this chart's.
  hook?.(dragged(7, 20))
  expect(onZoom).toHaveBeenCalledTimes(1)
  options.cursor?.bind?.dblclick?.(dragged(0, 0), {} as HTMLDivElement, () => null)?.({} as MouseEvent)
  expect(onZoom).toHaveBeenLastCalledWith(null)
})

test('options follow the settings', () => {
  expect(chartOptions(settings({ log: true }), 1, 1).scales?.['y']).toMatchObject({ distr: 3 })
  expect(chartOptions(settings({ x: 'time' }), 1, 1).scales?.['x']).toMatchObject({ time: true })
  expect(chartOptions(settings(), 1, 1).series).toHaveLength(5)
})

test('the value at the cursor names its place', () => {
  expect(xLabel(90, 'relative')).toBe('1m 30s')
  expect(xLabel(1200, 'step')).toBe('step 1,200')
})

test('the x range follows the data of the chart, not what uPlot makes of a single point', () => {
  const range = chartOptions(settings(), 1, 1).scales?.['x']?.range
  expect(typeof range === 'function' && range({ data: [[7]] } as unknown as uPlot, 0, 99, 'x')).toEqual([6, 8])
})
