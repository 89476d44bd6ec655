import { expect, test } from 'vitest'
import { readJobsView } from '../../lib/urlState'
import { chosenColumns, tableColumns } from './columns'

const names = ['acc', 'loss', 'system/cpu', 'val', 'zeta']

test('a list shows the first metrics, without those of the machine, until somebody chooses', () => {
  const view = readJobsView(new URLSearchParams())
  expect(chosenColumns(view, names).map(({ name }) => name)).toEqual(['acc', 'loss', 'val'])
  expect(chosenColumns({ ...view, columns: [] }, names)).toEqual([])
})

test('chosen columns stand behind the fixed ones and sort by their key', () => {
  const columns = tableColumns([{ kind: 'metric', name: 'a.b' }, { kind: 'param', name: 'lr' }])
  expect(columns.slice(-2).map(({ key, numeric }) => [key, numeric])).toEqual([
    ['metrics.a.b', true],
    ['params.lr', false],
  ])
})
