import { expect, test } from 'vitest'
import { ticks, timeline } from './timeline'

const HOUR = 3_600_000

test('each alias has a lane, those in use first, and spans stand where they were', () => {
  const history = [
    { alias: 'old', version: '1', start: null, end: 200 },
    { alias: 'champion', version: '1', start: 200, end: 400 },
    { alias: 'best', version: '3', start: 300, end: null },
    { alias: 'champion', version: '2', start: 400, end: null },
  ]
  const { from, to, lanes } = timeline(history, 100, 500)
  expect([from, to]).toEqual([100, 500])
  expect(lanes.map(({ alias, holds }) => [alias, holds])).toEqual([['best', '3'], ['champion', '2'], ['old', null]])
  expect(lanes[1]?.spans.map(({ version, left, width }) => [version, left, width])).toEqual([['1', 25, 50], ['2', 75, 25]])
  expect(lanes[2]?.spans[0]).toMatchObject({ start: null, left: 0, width: 25 })
})

test('no history and a first change just now have a line, too', () => {
  expect(timeline([], 100, 500).lanes).toEqual([])
  const { from, to, lanes } = timeline([{ alias: 'a', version: '1', start: 700, end: null }], 100, 650)
  expect([from, to]).toEqual([650, 651])
  expect(lanes[0]?.spans[0]?.width).toBeGreaterThanOrEqual(0)
})

test('ticks are few, round and within the line', () => {
  const from = new Date(2026, 10, 23, 5, 50).getTime()
  const days = ticks(from, from + 100 * HOUR, 6)
  expect(days.map(({ time }) => new Date(time).getHours())).toEqual([0, 0, 0, 0])
  expect(ticks(from, from + 3 * HOUR, 6).map(({ time }) => new Date(time).getMinutes())).toEqual([0, 30, 0, 30, 0, 30])
  for (const span of [1, 5000, HOUR, 1000 * HOUR, 500_000 * HOUR]) {
    const found = ticks(from, from + span, 6)
    expect(found.length).toBeLessThanOrEqual(7)
    expect(found.every(({ left }) => left >= 0 && left <= 100)).toBe(true)
  }
})
