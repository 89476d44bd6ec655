import { expect, test } from 'vitest'
import { keyedRange, shifted } from './zoomKeys'

test('keys move and zoom around the middle, and 0 shows all', () => {
  expect(keyedRange('ArrowRight', [0, 8])).toEqual([2, 10])
  expect(keyedRange('ArrowLeft', [2, 10])).toEqual([0, 8])
  expect(keyedRange('+', [0, 8])).toEqual([2, 6])
  expect(keyedRange('-', [2, 6])).toEqual([0, 8])
  expect(keyedRange('0', [2, 6])).toBeNull()
  expect(keyedRange('a', [2, 6])).toBeUndefined()
  expect(keyedRange('+', [3, 3])).toBeUndefined()
})

test('on a logarithmic axis they move by equal parts of what is seen', () => {
  const log = { first: 1 }
  const range = (key: string, shown: readonly [number, number]) => keyedRange(key, shown, log)?.map((each) => Number(each.toPrecision(6)))
  expect(range('ArrowRight', [1, 10_000])).toEqual([10, 100_000])
  expect(range('ArrowLeft', [10, 100_000])).toEqual([1, 10_000])
  expect(range('+', [1, 10_000])).toEqual([10, 1000])
  expect(range('-', [10, 1000])).toEqual([1, 10_000])
  // From where the axis begins, as zero can't be shown.
  expect(range('ArrowRight', [0, 10_000])).toEqual([10, 100_000])
  expect(keyedRange('0', [10, 1000], log)).toBeNull()
  expect(keyedRange('+', [0, 0], { first: 0 })).toBeUndefined()
  expect(keyedRange('-', [1e-300, 1e300], log)).toBeUndefined()
  expect(shifted([1, 100], 0.5, true)).toEqual([10, 1000])
  expect(shifted([1, 101], -0.5, false)).toEqual([-49, 51])
})
