import { expect, test } from 'vitest'
import { columnWidths, movedTo, pinnedFirst } from './tableLayout'

const columns = [
  { key: 'a', least: 200, share: 2 },
  { key: 'b', least: 100, share: 0 },
  { key: 'c', least: 100, share: 1 },
]

test('room that is left is shared, and resized columns stay as they are', () => {
  expect(columnWidths(columns, new Map(), 700)).toEqual([400, 100, 200])
  expect(columnWidths(columns, new Map([['a', 150]]), 700)).toEqual([150, 100, 450])
  expect(columnWidths(columns, new Map(), 100)).toEqual([200, 100, 100])
  expect(columnWidths(columns, new Map([['a', 50], ['c', 50]]), 900)).toEqual([50, 100, 50])
})

test('pinned columns come first, each part in its order', () => {
  expect(pinnedFirst(columns, ['c', 'b', 'gone']).map(({ key }) => key)).toEqual(['b', 'c', 'a'])
})

test('a column moves to the place of another from either side', () => {
  expect(movedTo(['a', 'b', 'c', 'd'], 'a', 'c')).toEqual(['b', 'c', 'a', 'd'])
  expect(movedTo(['a', 'b', 'c', 'd'], 'd', 'b')).toEqual(['a', 'd', 'b', 'c'])
  expect(movedTo(['a', 'b'], 'a', 'gone')).toEqual(['a', 'b'])
})
