import { expect, test, vi } from 'vitest'
import type uPlot from 'uplot'
import { boundedRange, chartColumns, extremes, logRange, nearest, nothingToDraw, readingOf, withoutOutliers, xRange, yRange } from './chartData'
import { curveOf } from './chartTesting'
import { chartCaption, emptyReason } from './chartWords'
import { chartOptions, xLabel } from './chartOptions'
import type { PlotSettings } from './chartOptions'

const LINEAR = { log: [], logX: false }
const LOG = { log: [true], logX: false }

test('raw points are the line; NaN and infinities are gaps', () => {
  const [x, line, faint, min] = chartColumns([curveOf([1, NaN, 3, Infinity])], 'step', LINEAR)
  expect(x).toEqual([0, 1, 2, 3])
  expect(line).toEqual([1, null, 3, null])
  expect(faint).toEqual([null, null, null, null])
  expect(min).toEqual([null, null, null, null])
})

test('buckets draw their mean within a band from minimum to maximum', () => {
  const bucketed = curveOf([1, 2], {
    raw: false, min: Float64Array.of(0, 1), max: Float64Array.of(9, 8), mean: Float64Array.of(4, 5),
  })
  const [, line, , min, max] = chartColumns([bucketed], 'step', LINEAR)
  expect([line, min, max]).toEqual([[4, 5], [0, 1], [9, 8]])
})

test('a smoothed curve keeps the unsmoothed one as a faint line', () => {
  const [, line, faint] = chartColumns([curveOf([1, 3], { smooth: Float64Array.of(1, 2) })], 'step', LINEAR)
  expect([line, faint]).toEqual([[1, 2], [1, 3]])
})

test('what is not positive is a gap on a logarithmic axis; times become seconds', () => {
  const [x, line] = chartColumns([curveOf([1, 0, -2], { x: Float64Array.of(1000, 2000, 3000) })], 'time', LOG)
  expect(x).toEqual([1, 2, 3])
  expect(line).toEqual([1, null, null])
})

test('captions say what is shown', () => {
  expect(chartCaption([curveOf(new Array<number>(1204).fill(1))], false)).toBe('all 1,204 points')
  expect(chartCaption([curveOf([1])], false)).toBe('all 1 point')
  const bucketed = curveOf(new Array<number>(1000).fill(1), { raw: false, total: 1_000_000, nonFinite: 2 })
  expect(chartCaption([bucketed], false)).toBe('min to max of 1,000,000 points in 1,000 buckets · 2 NaN or infinite')
  expect(chartCaption([bucketed], true)).toContain('points in this range in')
})

test('an empty chart says why', () => {
  const nan = curveOf([NaN, NaN])
  expect(nothingToDraw(chartColumns([nan], 'step', LINEAR))).toBe(true)
  expect(emptyReason([nan], false, false)).toBe('All 2 values are NaN or infinite')
  expect(emptyReason([curveOf([])], false, true)).toBe('No points in this range')
  expect(emptyReason([curveOf([-1])], true, false)).toMatch(/logarithmic/)
  expect(nothingToDraw(chartColumns([curveOf([0])], 'step', LINEAR))).toBe(false)
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

function settings(changes: Partial<PlotSettings> = {}): PlotSettings {
  return {
    colors: ['#2f7ed8'], theme: { text: '#000000', grid: '#eeeeee' }, x: 'step', logX: false, log: false, logRight: false, right: [false],
    shown: () => ({ zoom: null, bounds: [null, null], outliers: false }), marks: () => [], onZoom: vi.fn(), onCursor: vi.fn(), ...changes,
  }
}

function dragged(left: number, width: number, top = 0, height = 0): uPlot {
  return { select: { left, width, top, height }, bbox: { height: 200 }, posToVal: (at: number) => at * 10, setSelect: vi.fn() } as unknown as uPlot
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
  expect(onZoom).toHaveBeenLastCalledWith([50, 250], null)
  // A drag on another chart of the page is not this chart's.
  hook?.(dragged(7, 20))
  expect(onZoom).toHaveBeenCalledTimes(1)
  options.cursor?.bind?.dblclick?.(dragged(0, 0), {} as HTMLDivElement, () => null)?.({} as MouseEvent)
  expect(onZoom).toHaveBeenLastCalledWith(null, null)
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

test('curves of one chart share their places; where one has no point it has a gap', () => {
  const even = curveOf([1, 3], { x: Float64Array.of(0, 2), edge: Float64Array.of(0, 2) })
  const [x, one, , , , other] = chartColumns([curveOf([5, 6, 7]), even], 'step', LINEAR)
  expect(x).toEqual([0, 1, 2])
  expect(one).toEqual([5, 6, 7])
  expect(other).toEqual([1, null, 3])
})

test('buckets stand at the edges that the curves share, and the newest point at its true place', () => {
  const buckets = (last: number[], values: number[]) =>
    curveOf(values, { raw: false, x: Float64Array.from(last), edge: Float64Array.of(0, 10, 20), first: null })
  const columns = chartColumns([buckets([9, 17, 29], [1, 2, 3]), buckets([8, 19, 25], [4, 5, 6])], 'step', LINEAR)
  expect(columns[0]).toEqual([0, 10, 25, 29])
  expect(columns[1]).toEqual([1, 2, null, 3])
  expect(columns[5]).toEqual([4, 5, 6, null])
  // A band for each.
  expect(columns).toHaveLength(9)
  expect(columns[8]).toEqual([4, 5, 6, null])
})

test('a curve of buckets begins at its first point', () => {
  const buckets = (first: number) =>
    curveOf([1, 2, 3], { raw: false, x: Float64Array.of(9, 19, 25), edge: Float64Array.of(0, 10, 20), first })
  expect(chartColumns([buckets(4)], 'step', LINEAR)[0]).toEqual([4, 19, 25])
  expect(chartColumns([buckets(4), buckets(2)], 'step', LINEAR)[0]).toEqual([2, 4, 10, 25])
  expect(chartColumns([buckets(4)], 'step', { log: [], logX: true })[0]).toEqual([4, 19, 25])
  expect(chartColumns([buckets(0)], 'step', { log: [], logX: true })[0]).toEqual([9, 19, 25])
  expect(chartColumns([buckets(0), buckets(4)], 'step', { log: [], logX: true })[0]).toEqual([4, 9, 10, 25])
  // Of a single bucket the newest point is seen at its place.
  const one = curveOf([1], { raw: false, x: Float64Array.of(9), edge: Float64Array.of(0), first: 4 })
  expect(chartColumns([one], 'step', LINEAR)[0]).toEqual([9])
})

test('of several points of a curve at one place the last is kept', () => {
  const twice = curveOf([1, 2, 3], { x: Float64Array.of(0, 0, 1) })
  expect(chartColumns([twice, curveOf([9])], 'step', LINEAR)[1]).toEqual([2, 3])
})

test('the cursor reads the nearest point of each curve, without smoothing and with its band', () => {
  expect(nearest([1, null, null, 7], 1)).toBe(0)
  expect(nearest([1, null, null, 7], 2)).toBe(3)
  expect(nearest([1, 2, null], 1)).toBe(1)
  expect(nearest([null], 0)).toBeNull()
  const smooth = curveOf([1, 3], { smooth: Float64Array.of(1, 2) })
  const bucketed = curveOf([1, 2], { raw: false, min: Float64Array.of(0, -1), max: Float64Array.of(9, 8), mean: Float64Array.of(4, 5) })
  const columns = chartColumns([smooth, bucketed], 'step', LINEAR)
  expect(readingOf(columns, 0, 1)).toEqual({ value: 3, min: null, max: null })
  expect(readingOf(columns, 1, 0)).toEqual({ value: 4, min: 0, max: 9 })
  expect(readingOf(columns, 1, 5)).toBeNull()
})

test('a caption of several curves counts them', () => {
  const bucketed = curveOf(new Array<number>(1000).fill(1), { raw: false, total: 1_000_000 })
  expect(chartCaption([curveOf([1, 2]), curveOf([3])], false)).toBe('2 curves · all 3 points')
  expect(chartCaption([curveOf([1]), bucketed], false)).toBe('2 curves · min to max of 1,000,001 points, ≤ 1,000 buckets')
})

test('each curve has its own four series and a band, until there are too many for bands', () => {
  const colors = (number: number) => new Array<string>(number).fill('#2f7ed8')
  const few = chartOptions(settings({ colors: colors(3) }), 1, 1)
  expect(few.series).toHaveLength(13)
  expect(few.bands?.map(({ series }) => series)).toEqual([[4, 3], [8, 7], [12, 11]])
  expect(chartOptions(settings({ colors: colors(30) }), 1, 1).bands).toEqual([])
})

test('a curve that ended well before the cursor is not read there', () => {
  const ended = [...new Array<number>(40).fill(1), ...new Array<null>(60).fill(null)]
  expect(nearest(ended, 41)).toBe(39)
  expect(nearest(ended, 42)).toBeNull()
  expect(nearest([...ended].reverse(), 58)).toBe(60)
  expect(nearest([...ended].reverse(), 10)).toBeNull()
})

test('a range of x that begins at zero begins on a logarithmic axis at the first place above', () => {
  const curve = curveOf([1, 2, 3], { x: Float64Array.of(0, 1, 10) })
  const [x, line] = chartColumns([curve], 'step', { log: [], logX: true })
  expect([x, line]).toEqual([[1, 10], [2, 3]])
  expect(logRange(0, 100, 1)).toEqual([1, 100])
  expect(logRange(5, 5, 1)).toEqual([5, 50])
})

test('outliers are what is far from the middle half', () => {
  const calm = Array.from({ length: 20 }, (_each, index) => index)
  expect(withoutOutliers([...calm, 1e6, -1e6])).toEqual([0, 19])
  expect(withoutOutliers(calm)).toEqual([0, 19])
  expect(withoutOutliers([1, 1000])).toEqual([1, 1000])
  expect(withoutOutliers([...new Array<number>(20).fill(5), 6])).toEqual([5, 6])
  expect(withoutOutliers([])).toBeNull()
})

test('bounds that somebody typed win, and never turn an axis over', () => {
  expect(boundedRange([0, 100], [null, 50], false)).toEqual([-6, 50])
  expect(boundedRange([0, 100], [200, null], false)).toEqual([200, 400])
  expect(boundedRange([0.5, 5], [-1, 3], true)).toEqual([0.1, 3])
})

test('the extremes of a curve are those of its band and of what is not smoothed', () => {
  const bucketed = curveOf([1, 2], { raw: false, min: Float64Array.of(0, -1), max: Float64Array.of(9, 8), mean: Float64Array.of(4, 5) })
  const smooth = curveOf([1, 7, 1], { smooth: Float64Array.of(3, 3, 3) })
  const columns = chartColumns([bucketed, smooth], 'step', LINEAR)
  expect([extremes(columns, 0), extremes(columns, 1)]).toEqual([[-1, 9], [1, 7]])
  expect(extremes(chartColumns([curveOf([NaN])], 'step', LINEAR), 0)).toBeNull()
})

test('a box zooms along y, too', () => {
  const onZoom = vi.fn()
  const options = chartOptions(settings({ onZoom }), 300, 200)
  vi.stubGlobal('devicePixelRatio', 1)
  options.cursor?.bind?.mousedown?.(dragged(0, 0), {} as HTMLDivElement, () => null)?.({} as MouseEvent)
  options.hooks?.setSelect?.[0]?.({ select: { left: 5, width: 20, top: 10, height: 50 }, bbox: { height: 200 }, setSelect: vi.fn(), posToVal: (at: number, scale: string) => (scale === 'x' ? at * 10 : 200 - at) } as unknown as uPlot)
  expect(onZoom).toHaveBeenLastCalledWith([50, 250], [140, 190])
  vi.unstubAllGlobals()
})

test('a logarithmic axis that was zoomed within a decade has figures', () => {
  const plot = { width: 400, height: 240, scales: { x: { min: 20, max: 80 } } } as unknown as uPlot
  for (const [axis, figures] of [[0, ['20', '40', '60', '80']], [1, ['20', '40', '60', '80']]] as const) {
    const { splits, values, filter } = chartOptions(settings({ logX: true, log: true }), 400, 240).axes?.[axis] ?? {}
    if (typeof splits !== 'function' || typeof values !== 'function' || filter === undefined) throw new Error('no such axis')
    const ticks = splits(plot, axis, 20, 80, 10, 50)
    expect(values(plot, filter(plot, ticks, axis, 50, 10) as number[], axis, 50, 10)).toEqual(figures)
  }
})
