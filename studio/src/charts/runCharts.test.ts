import { expect, test } from 'vitest'
import type { Comparison } from '../api/types'
import { runCharts, groupingNames, runGroups } from './runCharts'

const run = (id: string) => ({ run_id: id, name: id.toUpperCase(), user: id < 'c' ? 'ada' : 'bob', status: 'FINISHED', experiment_name: 'digits' }) as Comparison['runs'][number]
const data: Comparison = {
  runs: ['a', 'b', 'c', 'd'].map(run),
  params: [{ name: 'lr', values: ['0.1', '0.01', '0.1', null] }, { name: 'seed', values: ['1', '2', '3', '4'] }],
  tags: [{ name: 'mlflow.runName', values: ['x', 'x', 'y', 'y'] }, { name: 'team', values: ['x', 'x', 'x', 'x'] }],
  metrics: [{ name: 'loss', values: [1, 2, null, 4] }, { name: 'train/acc', values: [1, 1, 1, 1] }],
  more: false,
}
const given = { data, names: ['loss', 'train/acc'], hidden: [], colors: new Map([['a', '#111111']]), group: null, settings: new Map() }
const group = { kind: 'param', name: 'lr', center: 'mean', band: 'std' } as const

test('a run has a curve in each chart of a metric that it has', () => {
  const [loss, acc] = runCharts(given)
  expect(loss?.lines.map(({ name }) => name)).toEqual(['A', 'B', 'D'])
  expect([acc?.section, acc?.lines.length]).toEqual(['train', 4])
  expect(runCharts({ ...given, hidden: ['a', 'b', 'd'] }).map(({ key }) => key)).toEqual(['train/acc'])
})

test('groups come by their values, runs without one last; a hidden run counts in none', () => {
  expect(runGroups(data, group).map(({ name, runs }) => [name, runs])).toEqual([
    ['lr = 0.01', ['b']], ['lr = 0.1', ['a', 'c']], ['no lr', ['d']],
  ])
  const [loss] = runCharts({ ...given, group, hidden: ['b'] })
  expect(loss?.lines.map(({ name, members }) => [name, members])).toEqual([['lr = 0.1 (1 run)', ['a']], ['no lr (1 run)', ['d']]])
})

test('fields of the runs group them, too', () => {
  const groups = runGroups(data, { ...group, kind: 'attribute', name: 'user' })
  expect(groups.map(({ name, runs }) => [name, runs])).toEqual([['user = ada', ['a', 'b']], ['user = bob', ['c', 'd']]])
})

test('a group has one colour, whatever other groups there are', () => {
  const alone = runGroups(data, group, ['b', 'd'])
  expect(alone[0]?.color).toBe(runGroups(data, group)[1]?.color)
})

test('what makes groups of several runs is offered', () => {
  expect(groupingNames(data)).toEqual([{ kind: 'param', name: 'lr' }, { kind: 'attribute', name: 'user' }])
})

test('a chart of several metrics names run and metric', () => {
  const [added] = runCharts({ ...given, names: [], settings: new Map([['+1', { metrics: ['loss', 'train/acc'] }]]), hidden: ['b', 'c', 'd'] })
  expect(added?.lines.map(({ name }) => name)).toEqual(['A · loss', 'A · train/acc'])
})
