import { expect, test } from 'vitest'
import { compact, distinct, durationTick, multiples, niceTicks, ROOM_BESIDE, timeTick } from './ticks'

test('figures are short', () => {
  expect([0, 1200000, 20000, 1500, 0.25, 0.00001, -3, 2e9].map(compact)).toEqual([
    '0', '1.2M', '20k', '1500', '0.25', '1e−5', '−3', '2G',
  ])
})

test('durations are as exact as the step between ticks', () => {
  expect(durationTick(0, 10)).toBe('0')
  expect(durationTick(40, 10)).toBe('40s')
  expect(durationTick(480, 120)).toBe('8m')
  expect(durationTick(4800, 1200)).toBe('1h 20m')
  expect(durationTick(7198, 2)).toBe('1:59:58')
  expect(durationTick(90, 30)).toBe('1:30')
  expect(durationTick(7200.812, 0.001)).toBe('2:00:00.812')
  expect(durationTick(200_000, 86_400)).toBe('2d 7h')
  expect(durationTick(-30, 10)).toBe('−30s')
})

test('times are as exact as the step between ticks', () => {
  const noon = new Date(2026, 10, 23, 12, 5, 9, 40).getTime() / 1000
  const midnight = new Date(2026, 10, 23).getTime() / 1000
  expect(timeTick(noon, 600)).toBe('12:05')
  expect(timeTick(noon, 5)).toBe('12:05:09')
  expect(timeTick(noon, 0.01)).toBe('12:05:09.040')
  expect(timeTick(midnight, 3600)).toBe('11-23')
  expect(timeTick(noon, 86_400)).toBe('11-23')
  expect(timeTick(noon, 86_400 * 30)).toBe('2026-11')
})

test('ticks of a drawing lie at round places', () => {
  expect(niceTicks(0, 100, 6)).toEqual([0, 20, 40, 60, 80, 100])
  expect(niceTicks(-0.06, 1.06, 6)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  expect(niceTicks(3, 3, 6)).toEqual([3])
})

test('neighbours look different far from zero, while they have room', () => {
  expect([1_000_100, 1_000_102, 1_000_104].map((step) => distinct(step, 2))).toEqual(['1000100', '1000102', '1000104'])
  expect([1_000_000, 1_200_000].map((step) => distinct(step, 200_000))).toEqual(['1M', '1.2M'])
  expect([1e-6, 1.001e-6, 1.002e-6].map((small) => distinct(small, 1e-9))).toEqual(['1e−6', '1.001e−6', '1.002e−6'])
  expect([distinct(-1_000_102, 1), distinct(0, 1), distinct(20_000_000, 0.5), distinct(9e15, 1)]).toEqual(['−1000102', '0', '20000000', '9e15'])
})

test('neighbours look different where their digits have no room', () => {
  const beside = (from: number, to: number, step: number) => multiples(from, to, step).map((value) => distinct(value, step, ROOM_BESIDE))
  expect(beside(1e9, 1e9 + 0.0031, 0.001)).toEqual(['1G', '…00.001', '…00.002', '…00.003'])
  expect(beside(-1e9 - 0.0011, -1e9 + 0.0005, 0.0005)).toEqual(['−….0010', '−….0005', '−1G', '−….9995'])
  expect(beside(1_234_567, 1_234_568, 1)).toEqual(['1234567', '1234568'])
  expect(beside(0.97, 0.99, 0.01)).toEqual(['0.97', '0.98', '0.99'])
  const most = multiples(2 ** 53, 2 ** 53 + 6, 1)
  expect(most.map((value) => distinct(value, 1))).toEqual(['…9254740992', '…9254740994', '…9254740996', '…9254740998'])
})
