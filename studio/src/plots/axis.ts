// Axes of plots: what they span, where a value lies, and their ticks.
import { formatDate } from '../lib/format'
import { compact, distinct as distinctFigure, DURATION_STEPS, timeTick } from '../lib/ticks'
import { distinct } from './values'
import type { Column } from './values'

export type AxisType = 'linear' | 'log' | 'time' | 'point'

export interface Axis {
  key: string
  label: string
  type: AxisType
  /** Least and greatest value; both 0 and unused for a point axis. */
  min: number
  max: number
  /** Of a point axis, in order. */
  values: readonly (number | string)[]
}

/** The axis of a column over some of its rows, which must have values that the axis can show. */
export function axisOf(column: Column, rows: readonly number[], log: boolean): Axis {
  const present = rows.map((row) => column.values[row] ?? null)
  const base = { key: column.key, label: column.label, values: [] }
  if (column.type === 'text') return { ...base, type: 'point', min: 0, max: 0, values: distinct(present) }
  const [min, max] = extent(present.filter((value) => typeof value === 'number'))
  return { ...base, type: log ? 'log' : column.type === 'time' ? 'time' : 'linear', min, max }
}

/** The bounds of finite numbers, apart even if all are equal. */
export function extent(values: readonly number[]): [number, number] {
  let [min, max] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  return min > max ? [0, 1] : [min, max]
}

/** Where a value lies, from 0 to 1. */
export function place(axis: Axis, value: number | string): number {
  if (axis.type === 'point') {
    const index = axis.values.indexOf(value)
    return axis.values.length < 2 ? 0.5 : index / (axis.values.length - 1)
  }
  const { min, max } = axis
  if (min === max) return 0.5
  const number = Number(value)
  if (axis.type === 'log') return Math.log(number / min) / Math.log(max / min)
  return (number - min) / (max - min)
}

/** The value at a place of an axis of numbers. */
export function valueAt({ type, min, max }: Axis, at: number): number {
  const part = Math.max(0, Math.min(1, at))
  return type === 'log' ? min * (max / min) ** part : min + part * (max - min)
}

export interface Tick {
  value: number | string
  label: string
}

/** About `wanted` ticks, or all values of a point axis if they fit. */
export function ticksOf(axis: Axis, wanted: number): Tick[] {
  if (axis.type === 'point') return pointTicks(axis.values, wanted)
  if (axis.min === axis.max) return [{ value: axis.min, label: tickLabel(axis, axis.min, 1) }]
  const log = axis.type === 'log' ? logSteps(axis.min, axis.max, wanted) : []
  const values = log.length >= 2 ? log : axis.type === 'time' ? timeSteps(axis.min, axis.max, wanted) : linearSteps(axis.min, axis.max, wanted)
  const step = (values[1] ?? 1) - (values[0] ?? 0)
  return values.map((value) => ({ value, label: tickLabel(axis, value, step) }))
}

function pointTicks(values: readonly (number | string)[], wanted: number): Tick[] {
  const every = Math.max(1, Math.ceil(values.length / Math.max(1, wanted)))
  return values.filter((_value, index) => index % every === 0).map((value) => ({ value, label: valueLabel(value) }))
}

function tickLabel({ type }: Axis, value: number, step: number): string {
  if (type === 'linear') return distinctFigure(value, step)
  if (type !== 'time') return compact(value)
  // Over more than half a year the months of two years would look alike.
  return step > 180 * 86_400_000 ? formatDate(value) : timeTick(value / 1000, step / 1000)
}

export function valueLabel(value: number | string): string {
  if (typeof value === 'number') return compact(value)
  return value === '' ? '(empty)' : value
}

/** Multiples of 1, 2 or 5 times a power of ten; two at least, as one says nothing of the scale. */
export function linearSteps(min: number, max: number, wanted: number): number[] {
  const found = multiplesIn(min, max, wanted)
  return found.length >= 2 || !(min < max) ? found : linearSteps(min, max, Math.max(2, wanted * 2))
}

function multiplesIn(min: number, max: number, wanted: number): number[] {
  const rough = (max - min) / Math.max(1, wanted)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.99) ?? 10)
  const first = Math.ceil(min / step - 1e-9)
  const number = Math.floor(max / step + 1e-9) - first + 1
  // A product of whole numbers keeps 0.3 from becoming 0.30000000000000004.
  const digits = Math.max(0, -Math.floor(Math.log10(step)))
  return Array.from({ length: Math.max(0, number) }, (_none, index) => Number(((first + index) * step).toFixed(Math.min(100, digits))))
}

/** Moments that are round in the reader's time zone, in milliseconds. */
function timeSteps(min: number, max: number, wanted: number): number[] {
  const seconds = (max - min) / 1000 / Math.max(1, wanted)
  const step = (DURATION_STEPS.find((each) => each >= seconds) ?? Math.ceil(seconds / 31_536_000) * 31_536_000) * 1000
  const zone = new Date(min).getTimezoneOffset() * 60_000
  const found: number[] = []
  for (let time = Math.ceil((min - zone) / step) * step + zone; time <= max; time += step) found.push(time)
  return found
}

/** Powers of ten, with their twos and fives while there is room; at least two where the range holds as many. */
function logSteps(min: number, max: number, wanted: number): number[] {
  const [low, high] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))]
  const steps = (factors: readonly number[], every: number) => {
    const found: number[] = []
    for (let power = low; power <= high; power += 1) {
      if (power % every === 0) found.push(...factors.map((factor) => Number(`${factor}e${power}`)))
    }
    return found.filter((value) => value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9))
  }
  const fine = steps([1, 2, 5], 1)
  if (fine.length <= wanted * 1.5) return fine
  for (let every = Math.max(1, Math.ceil((high - low) / Math.max(1, wanted))); every >= 1; every -= 1) {
    const found = steps([1], every)
    if (found.length >= 2) return found
  }
  return fine
}
