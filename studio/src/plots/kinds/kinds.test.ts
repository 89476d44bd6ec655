import { expect, test } from 'vitest'
import { plotCaption, plotted } from '../drawing'
import { table } from '../fixtures'
import { newPlot } from '../spec'
import type { PlotKind, PlotSpec } from '../spec'
import { plotTable, tableCells } from '../plotTable'
import { csvText } from '../../lib/csv'
import { MOST_BARS } from './bars'

const RUNS = table(6, {
  params: { lr: ['0.001', '0.01', '0.1', null, '0', '1'], optimizer: ['adam', 'sgd', 'adam', 'sgd', 'adam', null] },
  metrics: { loss: [3, 1, 2, 4, 'NaN', 5] },
})
const ALL = RUNS.runs.map(() => true)
const own = new Map<string, string>()

function draw(kind: PlotKind, part: Partial<PlotSpec>, kept = ALL) {
  const spec = newPlot('1', kind, part)
  const found = plotted(spec, RUNS, own, kept)
  if (found === null) throw new Error('nothing is drawn')
  return { found, spec, caption: plotCaption(found, spec, kept) }
}

test('a scatter holds runs with a value on both axes', () => {
  const { found, caption } = draw('scatter', { x: 'params.lr', y: 'metrics.loss', log: ['params.lr'] })
  expect(found).toMatchObject({ data: { xs: [0.001, 0.01, 0.1, 1], ys: [3, 1, 2, 5], x: { type: 'log' } } })
  expect(caption).toBe('4 of 6 runs; 1 has no lr; 1 has a lr of 0 or less, which a logarithmic axis can’t show')
  expect(draw('scatter', { x: 'params.optimizer', y: 'metrics.loss' }).found).toMatchObject({ data: { x: { type: 'point', values: ['adam', 'sgd'] } } })
})

test('a plot that has nothing to show says why', () => {
  expect(draw('scatter', { x: 'params.lr' }).found).toMatchObject({ data: null, why: 'Choose what stands on both axes.' })
  expect(draw('scatter', { x: 'params.gone', y: 'metrics.loss' }).found).toMatchObject({ data: null, why: 'There is no gone.' })
  expect(draw('bar', { x: 'params.optimizer' }).found).toMatchObject({ data: null, why: 'optimizer is text; bars need numbers.' })
  expect(draw('contour', { x: 'params.optimizer', y: 'params.lr', color: 'metrics.loss' }).found).toMatchObject({ data: null })
  expect(draw('parallel', { axes: ['params.lr'] }).found).toMatchObject({ data: null, why: 'Choose two axes at least.' })
  expect(draw('histogram', { x: 'metrics.loss' }, []).found.data).not.toBeNull()
  expect(draw('value', { x: 'metrics.loss' }, []).found).toMatchObject({ data: null, why: 'All runs are brushed out.' })
})

test('bars are ordered, and grouped ones are means of what brushes leave', () => {
  const values = (order: PlotSpec['order']) => {
    const { found } = draw('bar', { x: 'metrics.loss', order })
    return found.kind === 'bar' ? found.data?.bars.map(({ value }) => value) : []
  }
  expect([values('high'), values('low'), values('listed')]).toEqual([[5, 4, 3, 2, 1], [1, 2, 3, 4, 5], [3, 1, 2, 4, 5]])
  const kept = ALL.map((_all, row) => row !== 0)
  const { found, caption } = draw('bar', { x: 'metrics.loss', group: 'params.optimizer' }, kept)
  expect(found).toMatchObject({ data: { bars: [{ label: 'sgd', value: 2.5, count: 2, deviation: Math.sqrt(4.5) }, { label: 'adam', value: 2, count: 1 }] } })
  expect(caption).toBe('3 of 6 runs; 1 has a loss that is NaN or infinite; 1 has no optimizer; 1 brushed out')
})

test('more bars than can be seen are cut, and it is said', () => {
  const many = table(100, { metrics: { loss: Array.from({ length: 100 }, (_none, index) => index) } })
  const spec = newPlot('1', 'bar', { x: 'metrics.loss', order: 'low' })
  const found = plotted(spec, many, own, [])
  expect(found?.kind === 'bar' && found.data?.bars.length).toBe(MOST_BARS)
  expect(found && plotCaption(found, spec, [])).toBe('60 of 100 runs; the 60 lowest are shown')
})

test('a histogram counts every run once, and apart those that brushes leave', () => {
  const { found } = draw('histogram', { x: 'metrics.loss' }, ALL.map((_all, row) => row > 1))
  if (found.kind !== 'histogram' || found.data === null) throw new Error('no histogram')
  expect(found.data.bins.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(5)
  expect(found.data.bins.reduce((sum, { kept }) => sum + kept, 0)).toBe(3)
  const text = draw('histogram', { x: 'params.optimizer' }).found
  expect(text).toMatchObject({ data: { bins: [{ label: 'adam', rows: [0, 2, 4] }, { label: 'sgd', rows: [1, 3] }] } })
})

test('boxes have quartiles and whiskers of each group', () => {
  const many = table(9, { metrics: { loss: [1, 2, 3, 4, 5, 6, 7, 8, 100] } })
  const found = plotted(newPlot('1', 'box', { y: 'metrics.loss' }), many, own, many.runs.map(() => true))
  expect(found).toMatchObject({ data: { boxes: [{ label: 'all runs', first: 3, median: 5, third: 7, low: 1, high: 8 }] } })
})

test('a single value names the run that has it', () => {
  const value = (aggregate: PlotSpec['aggregate']) => draw('value', { x: 'metrics.loss', aggregate }).found.data
  expect(value('min')).toEqual({ value: 1, count: 5, row: 1, deviation: null })
  expect(value('max')).toMatchObject({ value: 5, row: 5 })
  expect(value('newest')).toMatchObject({ value: 5, row: 5 })
  expect(value('median')).toMatchObject({ value: 3, row: null })
  expect(value('mean')).toMatchObject({ value: 3, row: null, deviation: Math.sqrt(2.5) })
})

test('lines of parallel coordinates break where a run has no value', () => {
  const { found, caption } = draw('parallel', { axes: ['params.lr', 'params.optimizer', 'metrics.loss'], log: ['params.lr', 'params.optimizer'], color: 'metrics.loss' })
  if (found.kind !== 'parallel' || found.data === null) throw new Error('no lines')
  expect(found.data.axes.map(({ type }) => type)).toEqual(['log', 'point', 'linear'])
  expect(found.data.lines.map(({ row, places }) => [row, places.map((at) => at !== null)])).toEqual([
    [0, [true, true, true]], [1, [true, true, true]], [2, [true, true, true]], [3, [false, true, true]], [5, [true, false, true]],
  ])
  expect(caption).toBe('5 of 6 runs; gaps at lr (1), optimizer (1); 1 is on fewer than two axes; 1 without loss is grey')
})

test('a plot is saved as the values of its runs', () => {
  const { found, spec } = draw('scatter', { x: 'params.optimizer', y: 'metrics.loss' })
  const rows = found.data === null ? [] : found.rows
  const text = csvText(tableCells(plotTable(spec, RUNS, rows), RUNS))
  expect(text.split('\r\n').slice(0, 3)).toEqual(['run_id,run,optimizer,loss', 'r0,run 0,adam,3', 'r1,run 1,sgd,1'])
})
