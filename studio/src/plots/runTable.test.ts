import { expect, test } from 'vitest'
import { brushedIn, withBrush } from './brushing'
import { wantedNames } from './columns'
import { answer, START, table } from './fixtures'
import { caption, pick } from './picking'
import { RunTable } from './runTable'
import { distinct, parseNumber } from './values'

test('text that spells a number is one, as Python spells it', () => {
  expect(['1e-05', '-.5', '3', '+2.', 'nan', 'inf', '-Infinity'].map(parseNumber)).toEqual([1e-5, -0.5, 3, 2, NaN, Infinity, -Infinity])
  expect(['0x10', '1_000', 'adam', '', '1,5', '12 px', 'e5'].map(parseNumber)).toEqual(Array(7).fill(undefined))
})

test('a parameter is a column of numbers when all that is there is a number', () => {
  const runs = table(4, { params: { depth: ['8', 'None', null, '10'], mixed: ['1', 'auto', null, '2'], empty: ['', 'none', null, 'null'] } })
  expect(runs.column('params.depth')).toMatchObject({ type: 'number', label: 'depth', values: [8, null, null, 10] })
  expect(runs.column('params.mixed')).toMatchObject({ type: 'text', values: ['1', 'auto', null, '2'] })
  expect(runs.column('params.empty')?.type).toBe('text')
  expect(distinct(['a10', 'a9', null, 'a9'])).toEqual(['a9', 'a10'])
})

test('metrics have their latest, least and greatest values; names that are not loaded have no column', () => {
  const runs = table(2, { metrics: { loss: [0.5, 'NaN'] } })
  expect(runs.column('metrics.loss')?.values).toEqual([0.5, NaN])
  expect(runs.column('min.loss')).toMatchObject({ label: 'min of loss', values: [-0.5, null] })
  expect(runs.column('params.lr')).toBeUndefined()
  expect(runs.column('run.nothing')).toBeUndefined()
})

test('fields of runs are columns, and durations take the unit that suits the longest', () => {
  const data = answer(3)
  const [first, second] = data.runs
  if (first !== undefined) Object.assign(first, { status: 'RUNNING', end_time: null })
  if (second !== undefined) Object.assign(second, { start_time: null })
  const runs = new RunTable(data, START + 7_200_000 * 3)
  expect(runs.column('run.duration')).toEqual({ key: 'run.duration', label: 'Duration (h)', type: 'number', values: [6, null, 1 / 60] })
  expect(table(1).column('run.duration')?.label).toBe('Duration (s)')
  expect(runs.column('run.status')?.values).toEqual(['Running', 'Completed', 'Completed'])
  expect(runs.column('run.start')).toMatchObject({ type: 'time', values: [START, null, START + 7_200_000] })
})

test('hidden runs are left out of every column', () => {
  const runs = new RunTable(answer(3, { params: { lr: ['1', '2', '3'] } }), START, (run) => run !== 'r1')
  expect(runs.runs.map(({ run_id: id }) => id)).toEqual(['r0', 'r2'])
  expect(runs.column('params.lr')?.values).toEqual([1, 3])
})

test('each run that is left out is counted once, with the reason', () => {
  const runs = table(6, { params: { lr: ['0.1', null, '0', '1', '-1', '1'] }, metrics: { loss: [1, null, 1, 'NaN', 1, 'Infinity'] } })
  const [lr, loss] = [runs.column('params.lr'), runs.column('metrics.loss')]
  if (lr === undefined || loss === undefined) throw new Error('columns')
  const { rows, reasons } = pick([{ column: lr, log: true }, { column: loss }], 6)
  expect(rows).toEqual([0])
  expect(caption(rows.length, 6, reasons)).toBe(
    '1 of 6 runs; 1 has no lr; 2 have a lr of 0 or less, which a logarithmic axis can’t show; 2 have a loss that is NaN or infinite',
  )
  expect(pick([{ column: lr }], 6).rows).toEqual([0, 2, 3, 4, 5])
  expect(caption(6, 6, [])).toBe('6 runs')
})

test('brushes of all columns have to hold a run', () => {
  const runs = table(4, { params: { lr: ['0.1', '0.2', '0.3', null], optimizer: ['adam', 'sgd', 'adam', 'adam'] } })
  const lr = { key: 'params.lr', from: 0.1, to: 0.2 }
  expect(brushedIn(runs, [lr])).toEqual([true, true, false, false])
  expect(brushedIn(runs, [lr, { key: 'params.optimizer', values: ['adam'] }])).toEqual([true, false, false, false])
  expect(brushedIn(runs, [{ key: 'params.gone', from: 0, to: 1 }])).toEqual([true, true, true, true])
  expect(withBrush([lr], 'params.lr', null)).toEqual([])
  expect(withBrush([lr], 'params.lr', { ...lr, to: 9 })).toEqual([{ ...lr, to: 9 }])
})

test('the server is asked for each name once, whatever is shown of it', () => {
  expect(wantedNames(['min.loss', 'metrics.loss', 'params.b', 'params.a', 'run.duration', ''])).toEqual({ params: ['a', 'b'], metrics: ['loss'] })
})
