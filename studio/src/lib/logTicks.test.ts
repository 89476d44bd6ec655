import { expect, test } from 'vitest'
import { logFigures, logTicks } from './logTicks'

const GAP = 0.16

/** The least distance of two neighbours, as a share of the axis. */
function apart(ticks: readonly number[], from: number, to: number): number {
  return Math.min(...ticks.slice(1).map((each, index) => Math.log(each / (ticks[index] ?? each)))) / Math.log(to / from)
}

test('over some decades a logarithmic axis has figures at their bounds only, and fewer where they have no room', () => {
  expect(logTicks(0.1, 100, 0.1)).toEqual([0.1, 1, 10, 100])
  expect(logTicks(1, 1e12, 1 / 6)).toEqual([1, 1e2, 1e4, 1e6, 1e8, 1e10, 1e12])
  expect(logTicks(0.1, 10, 0.1)).toEqual([0.1, 1, 10])
})

test('below that it has what lies between them, and within a decade round steps', () => {
  expect(logTicks(1, 10, 0.16)).toEqual([1, 2, 5, 10])
  expect(logTicks(20, 80, 0.16)).toEqual([20, 40, 60, 80])
  expect(logTicks(3.2, 4.1, 0.16)).toEqual([3.2, 3.4, 3.6, 3.8, 4])
  expect(logTicks(5, 45, 0.16)).toEqual([5, 10, 20])
  expect(logTicks(1e6, 1e6 + 5, 0.16)).toEqual([1e6, 1e6 + 1, 1e6 + 2, 1e6 + 3, 1e6 + 4, 1e6 + 5])
})

test('steps have whole figures, durations those of clocks', () => {
  expect(logTicks(2.4, 5.2, 0.16, 'whole')).toEqual([3, 4, 5])
  expect(logTicks(3.2, 4.1, 0.16, 'whole')).toEqual([4])
  expect(logTicks(20, 400, 0.16, 'duration')).toEqual([30, 60, 120, 300])
  expect(logTicks(1, 100_000, 0.15, 'duration')).toEqual([1, 10, 60, 600, 3600, 36_000])
  expect(logTicks(40, 200, 0.16, 'duration')).toEqual([60, 120, 180])
})

test('any range has three figures that can be told apart', () => {
  for (let index = 0; index < 2000; index += 1) {
    const from = 10 ** (((index * 37) % 240) / 20 - 6)
    const to = from * 10 ** (0.002 * 1.005 ** index)
    for (const kind of ['number', 'duration'] as const) {
      // Times are counted in milliseconds, and no run takes thirty years.
      if (kind === 'duration' && (from < 1e-3 || to > 1e9)) continue
      const ticks = logTicks(from, to, GAP, kind)
      const what = `${kind} ${from} to ${to}: ${ticks.join(' ')}`
      expect(ticks.length, what).toBeGreaterThanOrEqual(3)
      expect(ticks.length, what).toBeLessThan(9)
      expect(apart(ticks, from, to), what).toBeGreaterThan(0.11)
      expect(new Set(logFigures(ticks)).size, what).toBe(ticks.length)
    }
  }
})

test('what is no range has one figure, or none', () => {
  expect([logTicks(3, 3, 0.1), logTicks(0, 3, 0.1), logTicks(NaN, 3, 0.1)]).toEqual([[3], [], []])
})

test('figures are short where neighbours are far', () => {
  expect(logFigures([1, 1000, 1e6])).toEqual(['1', '1000', '1M'])
  expect(logFigures([1_000_001, 1_000_002, 1_000_003])).toEqual(['1000001', '1000002', '1000003'])
})
