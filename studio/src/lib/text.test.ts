import { expect, test } from 'vitest'
import { unitOffset } from './text'

test('characters outside the basic plane count once', () => {
  expect([0, 1, 2, 3, 9].map((place) => unitOffset('a😀b', place))).toEqual([0, 1, 3, 4, 4])
})
