import { expect, test } from 'vitest'
import { ALL_CHARTS, readMetricsView, unzoomed, withChart, withMetricsView, withZoom, writeMetricsView, zoomed, zoomOf } from './chartView'
import type { MetricsView } from './chartView'
import { readBound, readChartSettings, writeChartSettings } from './chartSettings'
import { readGrouping, writeGrouping } from './grouping'

const read = (text: string) => readMetricsView(new URLSearchParams(text))

test('what charts show survives a link, whatever names hold', () => {
  const view: MetricsView = {
    selected: ['loss', 'a&b=c/d %'], find: '^va', fold: ['train/'], x: 'metric:samples seen', smoothing: { kind: 'mean', amount: 21 }, log: true, logX: true,
    outliers: true, together: true, sync: true, zoom: new Map([['val/loss~x', [1, 2.5]], [ALL_CHARTS, [-3, 4]]]),
    group: { kind: 'param', name: 'lr~mean', center: 'median', band: 'stderr' },
    charts: new Map([
      ['a?b&c', { title: 'A ? title', log: false, bounds: [null, 3.5], right: ['x y'], smoothing: { kind: 'ema', amount: 0 }, span: 2, height: 300 }],
      ['+1', { metrics: ['loss', 'acc'], section: '', hidden: true }],
    ]),
    order: ['b', 'a'], shut: ['train'], titles: new Map([['val', 'Validation & more']]), full: 'loss',
  }
  expect(read(writeMetricsView(view).toString())).toEqual(view)
})

test('defaults leave the link empty, and what a page keeps beside its charts stays', () => {
  expect(writeMetricsView(read('')).toString()).toBe('')
  const written = withMetricsView(new URLSearchParams('run=a&run=b&x=time&log=1'), { ...read(''), x: 'relative' })
  expect(written.toString()).toBe('run=a&run=b&x=relative')
})

test('links that make no sense are read as the default', () => {
  expect(read('x=nothing&zoom=3~1~a&zoom=x&chart=%ZZ&group=loss')).toEqual(read(''))
  expect(read('x=metric:').x).toBe('step')
})

test('a zoom is of one chart, or of all that are zoomed together', () => {
  const alone = { ...read(''), ...withZoom(read(''), 'loss', [1, 2]) }
  expect([zoomOf(alone, 'loss'), zoomOf(alone, 'acc')]).toEqual([[1, 2], null])
  const sync = read('sync=1')
  const together = { ...sync, ...withZoom(sync, 'loss', [1, 2]) }
  expect(zoomOf(together, 'acc')).toEqual([1, 2])
  expect(withZoom(together, 'acc', null).zoom.size).toBe(0)
})

test('a chart without settings of its own leaves no trace', () => {
  const view = { ...read(''), ...withChart(read(''), 'loss', { log: true, span: 2 }) }
  expect(view.charts.get('loss')).toEqual({ log: true, span: 2 })
  expect(withChart(view, 'loss', { log: undefined, span: undefined }).charts.size).toBe(0)
})

test('a zoom leaves bounds that were typed as they are', () => {
  const plain = readMetricsView(new URLSearchParams())
  const typed = { ...plain, ...withChart(plain, 'loss', { bounds: [0, 5] }) }
  const boxed = { ...typed, ...zoomed(typed, 'loss', [1, 2], [3, 4]) }
  expect(boxed.charts.get('loss')).toEqual({ bounds: [0, 5], boxed: [3, 4] })
  expect(readMetricsView(writeMetricsView(boxed))).toEqual(boxed)
  // Moved along x the box goes on, and with the zoom it goes.
  expect(zoomed(boxed, 'loss', [2, 3], null).charts.get('loss')?.boxed).toEqual([3, 4])
  const all = { ...boxed, ...zoomed(boxed, 'loss', null, null) }
  expect([all.zoom.size, all.charts.get('loss')]).toEqual([0, { bounds: [0, 5], boxed: undefined }])
  expect(unzoomed(boxed).charts.get('loss')?.boxed).toBeUndefined()
  expect(readChartSettings('box=3~')).toEqual({})
})

test('bounds are numbers or nothing, the lower one first', () => {
  expect([readBound(' 1e-3 '), readBound(''), readBound('x'), readBound('−2')]).toEqual([0.001, null, undefined, -2])
  expect(readChartSettings('y=3~1')).toEqual({})
  expect(readChartSettings('y=~')).toEqual({})
  expect(readChartSettings('w=9&h=5')).toEqual({})
  expect(writeChartSettings({ bounds: [0, null] })).toBe('y=0%7E')
})

test('groups stand in links with all that makes them', () => {
  expect(readGrouping('params.lr')).toEqual({ kind: 'param', name: 'lr', center: 'mean', band: 'std' })
  const odd = { kind: 'tag', name: 'a~median~std', center: 'mean', band: 'none' } as const
  expect(readGrouping(writeGrouping(odd))).toEqual(odd)
  expect(readGrouping('metrics.loss')).toBeNull()
})
