import { expect, test } from 'vitest'
import { readJobsView } from '../../lib/urlState'
import { chosenColumns, tableColumns } from './columns'

test('a list shows the commonest metrics until somebody chooses', () => {
  const view = readJobsView(new URLSearchParams())
  expect(chosenColumns(view, ['acc', 'loss'])).toEqual([
    { kind: 'metric', name: 'acc' },
    { kind: 'metric', name: 'loss' },
  ])
  expect(chosenColumns({ ...view, columns: [] }, ['acc'])).toEqual([])
})

test('chosen columns stand behind the fixed ones and sort by their key', () => {
  const columns = tableColumns([{ kind: 'metric', name: 'a.b' }, { kind: 'param', name: 'lr' }])
  expect(columns.slice(-2).map(({ key, numeric }) => [key, numeric])).toEqual([
    ['metrics.a.b', true],
    ['params.lr', false],
  ])
})
