import { expect, test } from 'vitest'
import { columnKey, DEFAULT_ATTRIBUTES } from '../../lib/columns'
import { readJobsView } from '../../lib/jobsState'
import { alignedColumns, chosenColumns, tableColumns } from './columns'

const view = readJobsView(new URLSearchParams())
const FIELDS = DEFAULT_ATTRIBUTES.map(columnKey)

test('a list shows the commonest metrics until somebody chooses', () => {
  expect(chosenColumns(view, ['acc', 'loss']).map(columnKey)).toEqual([...FIELDS, 'metrics.acc', 'metrics.loss'])
  expect(chosenColumns({ ...view, columns: [] }, ['acc'])).toEqual([])
})

test('columns know how they sort, and pinned ones stand first', () => {
  const { columns } = readJobsView(new URLSearchParams('col=name&col=parent&col=metrics.a.b&col=params.lr'))
  const shown = tableColumns(columns ?? [], { pinned: ['params.lr', 'name'], groups: [] })
  expect(shown.map(({ key, numeric, sortable, pinned }) => [key, numeric, sortable, pinned])).toEqual([
    ['name', false, true, true],
    ['params.lr', false, true, true],
    ['parent', false, false, false],
    ['metrics.a.b', true, true, false],
  ])
})

test('parameters that are numbers stand at the right, and still sort from the least on', () => {
  const { columns } = readJobsView(new URLSearchParams('col=name&col=params.lr&col=params.model'))
  const shown = alignedColumns(tableColumns(columns ?? [], { pinned: [], groups: [] }), new Set(['lr']))
  expect(shown.map(({ key, numeric, right }) => [key, numeric, right])).toEqual([
    ['name', false, false],
    ['params.lr', false, true],
    ['params.model', false, false],
  ])
})
