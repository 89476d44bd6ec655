import { expect, test } from 'vitest'
import { keyedRange } from './zoomKeys'

test('keys move and zoom around the middle, and 0 shows all', () => {
  expect(keyedRange('ArrowRight', [0, 8])).toEqual([2, 10])
  expect(keyedRange('ArrowLeft', [2, 10])).toEqual([0, 8])
  expect(keyedRange('+', [0, 8])).toEqual([2, 6])
  expect(keyedRange('-', [2, 6])).toEqual([0, 8])
  expect(keyedRange('0', [2, 6])).toBeNull()
  expect(keyedRange('a', [2, 6])).toBeUndefined()
  expect(keyedRange('+', [3, 3])).toBeUndefined()
})
