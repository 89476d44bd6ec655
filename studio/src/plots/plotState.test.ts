import { expect, test } from 'vitest'
import { readBoard, readPlot, withBoard, writePlot } from './plotState'
import { newPlot } from './spec'

const search = (text: string) => new URLSearchParams(text)

test('a plot is written compactly and read back as it was', () => {
  const scatter = newPlot('2', 'scatter', { x: 'params.lr', y: 'min.val/loss', color: 'params.optimizer', log: ['params.lr'], width: 2 })
  expect(writePlot(scatter)).toBe('scatter*2*Xparams.lr*ymin.val/loss*cparams.optimizer*w2')
  expect(readPlot(writePlot(scatter))).toEqual([scatter])
  const note = newPlot('n', 'note', { text: '**bold!** and *\n', title: '!.', height: 4, table: true })
  expect(readPlot(writePlot(note))).toEqual([note])
  const lines = newPlot('3', 'parallel', { axes: ['params.a*b', 'run.duration', 'metrics.loss'], log: ['params.a*b', 'metrics.loss'], color: 'metrics.loss' })
  expect(readPlot(writePlot(lines))).toEqual([{ ...lines, log: ['metrics.loss', 'params.a*b'] }])
})

test('what means nothing is left out, and sizes stay within bounds', () => {
  expect(readPlot('pie*1')).toEqual([])
  expect(readPlot('bar')).toEqual([])
  expect(readPlot('bar*a b')).toEqual([])
  expect(readPlot('bar*1*xnothing*ffirst*olow*w9*h0*?')).toEqual([newPlot('1', 'bar', { order: 'low', width: 3 })])
  const axes = Array.from({ length: 30 }, (_none, index) => `aparams.p${index}`)
  expect(readPlot(['parallel', '1', ...axes, 'aparams.p0'].join('*'))[0]?.axes).toHaveLength(20)
})

test('a board stands in the address beside what the page keeps there', () => {
  const view = {
    plots: [newPlot('1', 'bar', { x: 'metrics.loss' })],
    brushes: [{ key: 'params.lr', from: 0.001, to: 0.1 }, { key: 'params.optimizer', values: ['adam', 'a*b', ''] }],
    marked: ['r1', 'r2'],
    full: '1',
  }
  const written = withBoard(search('run=r1&run=r2&tab=plots&plot=bar*9&mark=old'), view)
  expect(written.getAll('run')).toEqual(['r1', 'r2'])
  expect(written.get('tab')).toBe('plots')
  expect(readBoard(written)).toEqual(view)
})

test('no plots are not the same as plots that nobody chose', () => {
  const empty = { plots: [], brushes: [], marked: [], full: null }
  expect(readBoard(search('tab=plots')).plots).toBeNull()
  expect(readBoard(withBoard(search(''), empty))).toEqual(empty)
  expect(withBoard(search('plot=bar*1&full=1'), { ...empty, plots: null }).toString()).toBe('')
})

test('of plots with one id the first counts, and of brushes those that say something', () => {
  expect(readBoard(search('plot=bar*1&plot=box*1&plot=box*2')).plots?.map(({ kind }) => kind)).toEqual(['bar', 'box'])
  const { brushes } = readBoard(search('brush=params.lr*in*2*1&brush=lr*in*1*2&brush=params.lr*in*1&brush=params.a*is&brush=params.b*in*x*2'))
  expect(brushes).toEqual([{ key: 'params.a', values: [] }])
})
