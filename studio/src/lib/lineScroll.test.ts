import { expect, test } from 'vitest'
import { extent, HIGHEST, moved, placeAt, ROW, scrollTopOf } from './lineScroll'

test('a pixel is a pixel while a browser can draw what is so high', () => {
  const size = extent(100, 200, false)
  expect(size).toEqual({ height: 2000, last: 90, range: 1800, exact: true })
  expect(placeAt(50, size)).toBe(2.5)
  expect(scrollTopOf(2.5, size)).toBe(50)
  expect(extent(3, 200, false)).toEqual({ height: 200, last: 0, range: 0, exact: true })
})

test('twelve million lines fit: both ends are reached, and a place is where it was', () => {
  const size = extent(12_000_000, 600, false)
  expect([size.height, size.exact, size.last]).toEqual([HIGHEST, false, 12_000_000 - 30])
  expect([placeAt(0, size), placeAt(size.range, size)]).toEqual([0, size.last])
  expect(placeAt(scrollTopOf(7_654_321.5, size), size)).toBeCloseTo(7_654_321.5, 3)
})

test('wrapped lines can all be scrolled away but the last', () => {
  expect(extent(100, 200, true)).toMatchObject({ last: 99, range: 99 * ROW, exact: false })
  expect(extent(0, 200, true)).toMatchObject({ last: 0, range: 0 })
})

test('moving counts the heights of lines', () => {
  const heights = [20, 60, 20, 20]
  const heightOf = (line: number) => heights[line] ?? 20
  expect(moved(0, 20, 4, heightOf)).toBe(1)
  expect(moved(0, 50, 4, heightOf)).toBe(1.5)
  expect(moved(1.5, -30, 4, heightOf)).toBe(1)
  expect(moved(1.5, -50, 4, heightOf)).toBe(0)
  expect(moved(2, -30, 4, heightOf)).toBe(1.5)
  expect(moved(2, -1000, 4, heightOf)).toBe(0)
  expect(moved(2, 1000, 4, heightOf)).toBe(4)
  expect(moved(0, 10, 0, heightOf)).toBe(0)
})
