import { expect, test } from 'vitest'
import { plotted } from './drawing'
import { table } from './fixtures'
import { barOptions, boxOptions, contourOptions, cut, cutName, histogramOptions, LOOKS, nameLines, scatterOptions } from './options'
import { newPlot } from './spec'
import type { PlotKind, PlotSpec } from './spec'

const RUNS = table(5, {
  params: { lr: ['0.001', '0.01', '0.1', '1', '0.02'], optimizer: ['adam', 'sgd', 'adam', 'sgd', 'adam'] },
  metrics: { loss: [3, 1, 2, 4, 2.5] },
})
const STAGE = { width: 400, height: 300, look: LOOKS.light, table: RUNS }

function drawn(kind: PlotKind, part: Partial<PlotSpec>) {
  const found = plotted(newPlot('1', kind, part), RUNS, new Map(), RUNS.runs.map(() => true))
  if (found === null || found.data === null) throw new Error('nothing is drawn')
  return found
}

test('axes of a scatter have the scale, the bounds and the ticks of their columns', () => {
  const found = drawn('scatter', { x: 'params.lr', y: 'params.optimizer', log: ['params.lr'] })
  if (found.kind !== 'scatter') throw new Error('no scatter')
  const { x, y, width, height } = scatterOptions(found.data, STAGE)
  expect(x).toMatchObject({ type: 'log', domain: [0.001, 1], label: 'lr', ticks: [0.001, 0.01, 0.1, 1] })
  expect(y).toMatchObject({ type: 'point', domain: ['adam', 'sgd'] })
  expect([width, height]).toEqual([400, 300])
})

test('a single value does not make an axis without length', () => {
  const same = table(2, { metrics: { loss: [5, 5], zero: [0, 0] } })
  const found = plotted(newPlot('1', 'scatter', { x: 'metrics.loss', y: 'metrics.zero', log: ['metrics.loss'] }), same, new Map(), [])
  if (found?.kind !== 'scatter' || found.data === null) throw new Error('no scatter')
  const { x, y } = scatterOptions(found.data, { ...STAGE, table: same })
  expect([x?.domain, y?.domain]).toEqual([[2.5, 10], [-0.5, 0.5]])
})

test('bars begin at 0, or on a logarithmic axis below the least', () => {
  const of = (part: Partial<PlotSpec>) => {
    const found = drawn('bar', part)
    if (found.kind !== 'bar') throw new Error('no bars')
    return barOptions(found.data, STAGE)
  }
  expect(of({ x: 'metrics.loss' }).x).toMatchObject({ type: 'linear', domain: [0, 4] })
  expect(of({ x: 'metrics.loss', log: ['metrics.loss'] }).x).toMatchObject({ type: 'log', domain: [0.5, 4] })
  expect(of({ x: 'metrics.loss' }).y).toMatchObject({ domain: ['r3', 'r0', 'r4', 'r2', 'r1'], axis: 'left' })
})

test('histograms, boxes and contours have the axes of their groups and heights', () => {
  const bins = drawn('histogram', { x: 'params.optimizer' })
  if (bins.kind !== 'histogram') throw new Error('no histogram')
  expect(histogramOptions(bins.data, STAGE)).toMatchObject({ x: { type: 'band', domain: ['adam', 'sgd'] }, y: { domain: [0, 3] } })
  const boxes = drawn('box', { y: 'metrics.loss', group: 'params.optimizer' })
  if (boxes.kind !== 'box') throw new Error('no boxes')
  expect(boxOptions(boxes.data, STAGE)).toMatchObject({ x: { domain: ['adam', 'sgd'], label: 'optimizer' }, y: { domain: [1, 4] } })
  const heights = drawn('contour', { x: 'params.lr', y: 'run.start', color: 'metrics.loss', log: ['metrics.loss'] })
  if (heights.kind !== 'contour') throw new Error('no contour')
  expect(contourOptions(heights.data, STAGE).color).toMatchObject({ domain: [0, Math.log10(4)] })
})

test('long names are cut', () => {
  expect([cut('abc', 3), cut('abcd', 3)]).toEqual(['abc', 'ab…'])
})

test('names with slashes keep their end, in a line of its own where one is too short', () => {
  expect([cutName('validation/accuracy', 12), cutName('learning_rate', 8), cutName('a/b', 8)]).toEqual(['…on/accuracy', 'learnin…', 'a/b'])
  expect(nameLines('validation/accuracy', 12)).toEqual(['validation/', 'accuracy'])
  expect(nameLines('validation/accuracy', 8)).toEqual(['…dation/', 'accuracy'])
  expect([nameLines('a/b', 8), nameLines('learning_rate', 8)]).toEqual([['a/b'], ['learnin…']])
})
