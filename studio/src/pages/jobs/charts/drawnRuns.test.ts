import { expect, test } from 'vitest'
import { drawnGroup, hiddenRuns, listedRuns } from './drawnRuns'
import { ROOT } from '../runTree'
import type { TableRow } from '../runTree'

const run = (id: string) => ({ kind: 'run', run: { run_id: id } }) as TableRow
const row: TableRow = { kind: 'pending', key: 'p', depth: 0, branch: ROOT }
const shape = { kind: 'param', name: 'old', center: 'median', band: 'minmax' } as const

test('the first runs of the list are drawn, whatever stands between them', () => {
  expect(listedRuns([run('a'), row, run('b'), run('c')], 2)).toEqual(['a', 'b'])
})

test('groups are those of the list in the shape that the charts have', () => {
  expect(drawnGroup([], shape)).toBeNull()
  expect(drawnGroup([{ kind: 'param', name: 'lr' }, { kind: 'tag', name: 'team' }], null)).toEqual({ kind: 'param', name: 'lr', center: 'mean', band: 'std' })
  expect(drawnGroup([{ kind: 'attribute', name: 'user' }], shape)).toEqual({ kind: 'attribute', name: 'user', center: 'median', band: 'minmax' })
  expect(drawnGroup([{ kind: 'attribute', name: 'commit' }], shape)).toMatchObject({ kind: 'tag', name: 'mlflow.source.git.commit' })
})

test('a hidden group hides its runs, and only its own', () => {
  const groups = [
    { value: '0.1', runs: ['a', 'b'], name: '', color: '' },
    { value: null, runs: ['c'], name: '', color: '' },
  ]
  expect(hiddenRuns(['b', 'g=0.1', 'd'], groups)).toEqual(['b', 'd', 'a'])
  expect(hiddenRuns(['g'], groups)).toEqual(['c'])
})
