import { expect, test } from 'vitest'
import { columnKey } from '../../lib/columns'
import { readJobsView } from '../../lib/jobsState'
import { hidden, neighbour, pinToggled, placed, resized, withValue } from './columnEdits'
import type { Shown } from './columnEdits'

function shown(text: string): Shown {
  const view = readJobsView(new URLSearchParams(text))
  return { ...view, columns: view.columns ?? [] }
}
const keys = (columns: readonly Parameters<typeof columnKey>[0][] | null | undefined) => columns?.map(columnKey)
const some = shown('col=name&col=user&col=metrics.a&col=params.b&pin=name&pin=params.b&width=90~metrics.a')

test('a hidden column leaves nothing behind', () => {
  const edit = hidden(some, 'metrics.a')
  expect(keys(edit.columns)).toEqual(['name', 'user', 'params.b'])
  expect(edit.widths?.size).toBe(0)
  expect(hidden(some, 'params.b').pinned).toEqual(['name'])
})

test('columns change places within the pinned ones or the others', () => {
  expect(neighbour(some, 'params.b', -1)).toBe('name')
  expect(neighbour(some, 'params.b', 1)).toBeUndefined()
  expect(neighbour(some, 'user', 1)).toBe('metrics.a')
  expect(keys(placed(some, 'user', 'metrics.a').columns)).toEqual(['name', 'params.b', 'metrics.a', 'user'])
})

test('a column that is dropped among pinned ones is pinned, and the other way round', () => {
  const edit = placed(some, 'metrics.a', 'params.b')
  expect([keys(edit.columns), edit.pinned]).toEqual([['name', 'metrics.a', 'params.b', 'user'], ['name', 'params.b', 'metrics.a']])
  expect(placed(some, 'params.b', 'user').pinned).toEqual(['name'])
  expect(pinToggled(some, 'user').pinned).toEqual(['name', 'params.b', 'user'])
})

test('widths have limits, and can be forgotten', () => {
  expect([...(resized(some, 'user', 1e6).widths ?? [])]).toEqual([['metrics.a', 90], ['user', 1200]])
  expect(resized(some, 'metrics.a', 3).widths?.get('metrics.a')).toBe(48)
  expect(resized(some, 'metrics.a', null).widths?.size).toBe(0)
})

test('another value of a metric takes the place of the one that is shown', () => {
  const two = shown('col=name&col=metrics.a&col=min:metrics.a&pin=metrics.a&width=90~metrics.a')
  const edit = withValue(two, 'metrics.a', 'min')
  expect(keys(edit.columns)).toEqual(['name', 'min:metrics.a'])
  expect([edit.pinned, [...(edit.widths ?? [])]]).toEqual([['min:metrics.a'], [['min:metrics.a', 90]]])
})
