import { describe, expect, test } from 'vitest'
import { formatBytes, formatDuration, formatNumber, formatRelative, plural, runDuration } from './format'

describe('formatNumber', () => {
  test.each([
    [0.12034, '0.1203'],
    [0.5, '0.5000'],
    [12.3456, '12.35'],
    [12345.678, '12,346'],
    [1204, '1,204'],
    [0, '0'],
    [-3, '−3'],
    [0.00001234, '1.234e−5'],
    [123456789, '1.235e8'],
    ['NaN', 'NaN'],
    ['Infinity', '∞'],
    ['-Infinity', '−∞'],
    [null, ''],
    [9.99996, '10.000'],
  ])('%s → %s', (value, text) => expect(formatNumber(value)).toBe(text))
})

describe('formatDuration', () => {
  test.each([
    [340, '340 ms'],
    [12_480, '12.4 s'],
    [59_990, '59.9 s'],
    [724_000, '12m 04s'],
    [3_840_000, '1h 04m'],
    [266_400_000, '3d 02h'],
  ])('%d → %s', (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text))
})

test('a running run lasts until now, an ended one until its end, a killed one without end is unknown', () => {
  expect(runDuration(1000, null, 5000, true)).toBe(4000)
  expect(runDuration(1000, 3000, 5000, false)).toBe(2000)
  expect(runDuration(1000, null, 5000, false)).toBeNull()
  expect(runDuration(null, 3000, 5000, false)).toBeNull()
})

test('relative times', () => {
  const now = 1_800_000_000_000
  expect(formatRelative(now - 3000, now)).toBe('just now')
  expect(formatRelative(now - 45_000, now)).toBe('40 s ago')
  expect(formatRelative(now - 3_600_000, now)).toBe('1 h ago')
  expect(formatRelative(now - 86_400_000, now)).toBe('1 day ago')
  expect(formatRelative(now - 40 * 86_400_000, now)).toMatch(/^\d{4}-\d\d-\d\d$/)
})

test('bytes and plurals', () => {
  expect(formatBytes(812)).toBe('812 B')
  expect(formatBytes(4200)).toBe('4.2 kB')
  expect(formatBytes(999_999)).toBe('1.0 MB')
  expect(formatBytes(12_345_678)).toBe('12 MB')
  expect(plural(1, 'point')).toBe('1 point')
  expect(plural(1204, 'point')).toBe('1,204 points')
})
