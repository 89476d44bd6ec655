import { expect, test } from 'vitest'
import { NOTHING_SELECTED, select, selectAll } from './selection'

const rows = ['a', 'b', 'c', 'd', 'e']

test('a click checks one row and a second one unchecks it', () => {
  const once = select(NOTHING_SELECTED, rows, 'b', false)
  expect([...once.ids]).toEqual(['b'])
  expect([...select(once, rows, 'b', false).ids]).toEqual([])
})

test('with shift all rows from the last click on follow, upwards and downwards', () => {
  const down = select(select(NOTHING_SELECTED, rows, 'b', false), rows, 'd', true)
  expect([...down.ids]).toEqual(['b', 'c', 'd'])
  const up = select(select(NOTHING_SELECTED, rows, 'd', false), rows, 'b', true)
  expect([...up.ids].sort()).toEqual(['b', 'c', 'd'])
  expect([...select(down, rows, 'c', true).ids]).toEqual(['b'])
})

test('a range from a row that is not listed any more is that one row', () => {
  const gone = select(select(NOTHING_SELECTED, rows, 'b', false), ['c', 'd'], 'd', true)
  expect([...gone.ids]).toEqual(['b', 'd'])
})

test('the box above checks all rows, and none when all are checked; rows that are not listed stay', () => {
  const other = select(NOTHING_SELECTED, rows, 'e', false)
  const all = selectAll(other, ['a', 'b'])
  expect([...all.ids].sort()).toEqual(['a', 'b', 'e'])
  expect(selectAll(all, ['a', 'b']).ids.size).toBe(0)
  expect(selectAll(NOTHING_SELECTED, []).ids.size).toBe(0)
})
