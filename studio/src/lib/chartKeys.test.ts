import { expect, test } from 'vitest'
import { zoomByKey } from './chartKeys'

const ALL = [0, 100] as const

test('keys zoom about the middle, and out again to all', () => {
  expect(zoomByKey('+', null, ALL)).toEqual([25, 75])
  expect(zoomByKey('=', [25, 75], ALL)).toEqual([37.5, 62.5])
  expect(zoomByKey('-', [37.5, 62.5], ALL)).toEqual([25, 75])
  expect(zoomByKey('-', [25, 75], ALL)).toBeNull()
  expect(zoomByKey('-', [80, 100], ALL)).toEqual([70, 100])
  expect(zoomByKey('0', [25, 75], ALL)).toBeNull()
})

test('arrows move along, up to the ends', () => {
  expect(zoomByKey('ArrowRight', [20, 60], ALL)).toEqual([30, 70])
  expect(zoomByKey('ArrowRight', [55, 95], ALL)).toEqual([60, 100])
  expect(zoomByKey('ArrowLeft', [0, 40], ALL)).toEqual([0, 40])
  expect(zoomByKey('ArrowLeft', null, ALL)).toBeUndefined()
})

test('other keys, and a chart of one point, mean nothing', () => {
  expect(zoomByKey('x', null, ALL)).toBeUndefined()
  expect(zoomByKey('+', null, [5, 5])).toBeUndefined()
})
