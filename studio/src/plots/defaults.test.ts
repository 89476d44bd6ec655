import { expect, test } from 'vitest'
import { automaticTitle, choiceColumns, choices, defaultPlots, looksLogarithmic, suggested } from './defaults'
import { table } from './fixtures'
import { columnLabel } from './columns'
import { duplicated, freeId, moved, newPlot, PLOT_KINDS, plotColumns } from './spec'

const lrs = ['0.00001', '0.0001', '0.001', '0.01', '0.1', '0.0002']
const NAMES = {
  params: [{ name: 'seed', runs: 6, values: 1 }, { name: 'rare', runs: 1, values: 2 }, { name: 'lr', runs: 6, values: 6 }, { name: 'width', runs: 6, values: 3 }],
  metrics: [{ name: 'loss', runs: 6 }, { name: 'acc', runs: 5 }],
  counted: 6,
  more: false,
}
const RUNS = table(6, {
  params: { lr: lrs, width: ['1', '2', '3', '1', '2', '3'], rare: ['a', null, null, null, null, 'b'] },
  metrics: { loss: [1, 2, 3, 4, 5, 2.5], acc: [1, 1, 1, 1, 1, 1] },
})

test('defaults are chosen by the parameters that differ and the commonest metric', () => {
  const choice = choices(NAMES)
  expect(choice).toEqual({ params: ['params.lr', 'params.width', 'params.rare'], metrics: ['metrics.loss', 'metrics.acc'] })
  expect(choiceColumns(choice)).toEqual(['params.lr', 'params.width', 'params.rare', 'metrics.loss', 'metrics.acc'])
  const plots = defaultPlots(choice, RUNS)
  expect(plots.map(({ id, kind }) => [id, kind])).toEqual([['1', 'parallel'], ['2', 'scatter'], ['3', 'bar']])
  expect(plots[0]).toMatchObject({ axes: ['params.lr', 'params.width', 'params.rare', 'metrics.loss'], color: 'metrics.loss', log: ['params.lr'] })
  // lr goes with the loss, width does not.
  expect(plots[1]).toMatchObject({ x: 'params.lr', y: 'metrics.loss', log: ['params.lr'] })
})

test('a metric of validation comes before one of training, unless few runs have it', () => {
  const metrics = [{ name: 'train/accuracy', runs: 6 }, { name: 'valid_loss', runs: 6 }, { name: 'evaluated', runs: 6 }, { name: 'testF1', runs: 3 }, { name: 'test/x', runs: 2 }]
  expect(choices({ ...NAMES, metrics }).metrics).toEqual(['metrics.valid_loss', 'metrics.testF1', 'metrics.train/accuracy', 'metrics.evaluated'])
})

test('runs without parameters or metrics have a plot, too', () => {
  const bare = choices({ params: [], metrics: [], counted: 2, more: false })
  expect(defaultPlots(bare, table(2))).toEqual([newPlot('1', 'bar', { x: 'run.duration' })])
  const bad = table(2, { metrics: { bad: ['NaN', null], loss: [1, 2] } })
  const metrics = [{ name: 'bad', runs: 2 }, { name: 'loss', runs: 2 }]
  expect(defaultPlots(choices({ ...NAMES, params: [], metrics }), bad)).toEqual([newPlot('1', 'bar', { x: 'metrics.loss' })])
  const onlyMetric = choices({ ...NAMES, params: [] })
  expect(defaultPlots(onlyMetric, RUNS).map(({ kind }) => kind)).toEqual(['bar'])
})

test('every kind begins with axes that show something', () => {
  for (const kind of PLOT_KINDS) {
    const plot = suggested('7', kind, choices(NAMES), RUNS)
    expect(plot.id).toBe('7')
    if (kind === 'note' || kind === 'table') continue
    expect(plotColumns(plot).length).toBeGreaterThan(0)
    expect(plotColumns(plot).every((key) => key.startsWith('run.') || RUNS.column(key) !== undefined)).toBe(true)
    expect(automaticTitle(plot, columnLabel)).not.toBe('')
  }
})

test('numbers over decades that crowd at the low end are logarithmic', () => {
  expect(looksLogarithmic(RUNS.column('params.lr'))).toBe(true)
  const uniform = table(5, { params: { x: ['0.001', '0.25', '0.5', '0.75', '1'], signed: ['-1', '0.001', '1', '2', '5'] } })
  expect(looksLogarithmic(uniform.column('params.x'))).toBe(false)
  expect(looksLogarithmic(uniform.column('params.signed'))).toBe(false)
})

test('plots are moved, copied and numbered', () => {
  const plots = ['1', '2', '4'].map((id) => newPlot(id, 'bar'))
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id)
  expect(ids(moved(plots, '1', 2))).toEqual(['2', '4', '1'])
  expect(ids(moved(plots, '4', -5))).toEqual(['4', '1', '2'])
  expect(ids(moved(plots, '9', 0))).toEqual(['1', '2', '4'])
  expect(freeId(plots)).toBe('3')
  expect(ids(duplicated(plots, '1'))).toEqual(['1', '3', '2', '4'])
})
