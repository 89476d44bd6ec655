// Where the figures of a logarithmic axis stand.
import { distinct, DURATION_STEPS, multiples } from './ticks'

/** What lies along an axis: any numbers, whole ones alone, or durations in seconds, which people count in sixties. */
export type TickKind = 'number' | 'whole' | 'duration'

/** What is round of durations lies further apart than the digits of a decade. */
const WIDE_DURATION = 20
/** With fewer figures one can't see that an axis is logarithmic. */
const LEAST = 3

/**
 * Round places from one positive value to another: at least three of them wherever as many exist, and as many as can stand `gap` apart,
 * which is a share of the axis's length. Over some decades only their bounds, below that also what lies between, and within a decade
 * the multiples of a round step.
 */
export function logTicks(from: number, to: number, gap: number, kind: TickKind = 'number'): number[] {
  if (!(from > 0 && from < to)) return from > 0 ? [from] : []
  const room = gap * Math.log(to / from)
  const candidates = [...(to / from < (kind === 'duration' ? WIDE_DURATION : 10) ? evenTicks(from, to, kind) : []), ...roundTicks(from, to, kind)]
    .map((ticks) => (kind === 'whole' ? ticks.filter(Number.isInteger) : ticks))
  const enough = candidates.filter((ticks) => ticks.length >= LEAST)
  const fits = enough.find((ticks) => leastDistance(ticks) >= room)
  if (fits !== undefined) return fits
  const thin = enough.map((ticks) => thinned(ticks, room)).findLast((ticks) => ticks.length >= LEAST)
  if (thin !== undefined) return thin
  return (enough.length > 0 ? best(enough, leastDistance) : best(candidates, (ticks) => ticks.length)) ?? []
}

function leastDistance(ticks: readonly number[]): number {
  return Math.min(...ticks.slice(1).map((each, index) => Math.log(each / (ticks[index] ?? each))))
}

/** Those of which each is far enough from the one before. */
function thinned(ticks: readonly number[], room: number): number[] {
  const kept: number[] = []
  for (const each of ticks) if (Math.log(each / (kept.at(-1) ?? 0)) >= room) kept.push(each)
  return kept
}

function best(all: readonly number[][], worth: (ticks: readonly number[]) => number): number[] | undefined {
  return all.reduce<number[] | undefined>((found, each) => (found === undefined || worth(each) > worth(found) ? each : found), undefined)
}

/** The figures of such ticks on an axis of numbers; neighbours look different. */
export function logFigures(ticks: readonly number[], room?: number): string[] {
  return ticks.map((value, index) => {
    const [before, after] = [ticks[index - 1], ticks[index + 1]]
    const step = Math.min(before === undefined ? value : value - before, after === undefined ? value : after - value)
    return distinct(value, step, room)
  })
}

const MOST_STEPS = 20

/** Multiples of round steps, those of the least step first. */
function evenTicks(from: number, to: number, kind: TickKind): number[][] {
  const power = Math.floor(Math.log10((to - from) / MOST_STEPS))
  const round = [0, 1, 2].flatMap((more) => [1, 2, 5].map((digit) => Number(`${digit}e${power + more}`)))
  const [least = 0] = DURATION_STEPS
  const steps = kind === 'duration' && to - from > LEAST * least ? DURATION_STEPS : round
  return steps.filter((step) => step >= (to - from) / MOST_STEPS && step <= to - from).map((step) => multiples(from, to, step))
}

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
/** As of a number its decades: every few of them, and what is round between them. */
const DURATIONS = [1e-3, 1e-2, 0.1, 1, 10, MINUTE, 10 * MINUTE, HOUR, 10 * HOUR, 4 * DAY, 40 * DAY, 400 * DAY, 4000 * DAY]
const BETWEEN = [
  0.002, 0.005, 0.02, 0.05, 0.2, 0.5, 2, 5, 30, 2 * MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, DAY, 2 * DAY, 10 * DAY, 20 * DAY,
  100 * DAY, 200 * DAY, 1000 * DAY, 2000 * DAY,
]

/** The bounds of decades, and where there are few of them with what lies between; those with the most first. */
function roundTicks(from: number, to: number, kind: TickKind): number[][] {
  const within = (values: readonly number[]) => values.filter((value) => value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9))
  const [first, last] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))]
  const powers = Array.from({ length: last - first + 1 }, (_each, index) => first + index)
  const decades = (digits: readonly number[], every = 1) =>
    within(powers.filter((power) => power % every === 0).flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`))))
  const durations = kind === 'duration' && to > (DURATIONS[0] ?? 0)
  const bounds = (every: number) => (durations ? within(DURATIONS.filter((_each, index) => index % every === 0)) : decades([1], every))
  const between = durations ? [within([...DURATIONS, ...BETWEEN].sort((one, other) => one - other))] : [decades([1, 2, 5]), decades([1, 3])]
  const coarse = powers.map((_each, index) => bounds(index + 1))
  return bounds(1).length < LEAST ? [...between, ...coarse] : coarse
}
