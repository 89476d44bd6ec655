import { expect, test } from 'vitest'
import { amountOf, NO_SMOOTHING, readSmoothing, writeSmoothing } from './smoothing'
import type { Smoothing } from './smoothing'

test.each<[Smoothing, string]>([
  [{ kind: 'ema', amount: 0.6 }, '0.6'],
  [{ kind: 'mean', amount: 21 }, 'mean~21'],
  [{ kind: 'gaussian', amount: 5 }, 'gaussian~5'],
  [{ kind: 'mean', amount: 0 }, 'mean~0'],
  [NO_SMOOTHING, ''],
])('%o stands in links as %s', (smoothing, text) => {
  expect(writeSmoothing(smoothing)).toBe(text)
  expect(readSmoothing(text === '' ? null : text)).toEqual(smoothing)
})

test('amounts out of range are none, and windows are odd', () => {
  expect(readSmoothing('7').amount).toBe(0)
  expect(readSmoothing('mean~9999')).toEqual({ kind: 'mean', amount: 0 })
  expect(readSmoothing('median~3')).toEqual(NO_SMOOTHING)
  expect(readSmoothing('-1')).toEqual(NO_SMOOTHING)
  expect([1, 2, 3, 4, 5].map((wanted) => amountOf('mean', wanted))).toEqual([0, 0, 3, 5, 5])
})
