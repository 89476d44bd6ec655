// Runs in groups of equal, or of similar, values of a column.
import { linearSteps, valueLabel } from './axis'
import { extent } from './axis'
import type { Column } from './values'
import { distinct } from './values'

export interface Group {
  label: string
  rows: number[]
}

/** Of more different numbers than these, ranges are made. */
const MOST_VALUES = 12
const RANGES = 6

/** The rows by value; by ranges where a column has many different numbers. Groups are in the order of an axis. */
export function groups(column: Column, rows: readonly number[], log: boolean): Group[] {
  const values = distinct(rows.map((row) => column.values[row] ?? null))
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length === values.length && values.length > MOST_VALUES) return ranges(column, rows, edges(numbers, log, RANGES))
  return values.map((value) => ({ label: valueLabel(value), rows: rows.filter((row) => column.values[row] === value) }))
}

function ranges(column: Column, rows: readonly number[], bounds: readonly number[]): Group[] {
  const found: Group[] = bounds.slice(1).map((to, index) => ({ label: `${valueLabel(bounds[index] ?? 0)} – ${valueLabel(to)}`, rows: [] }))
  for (const row of rows) found[binOf(bounds, Number(column.values[row]))]?.rows.push(row)
  return found.filter(({ rows: held }) => held.length > 0)
}

/** Round bounds of about `wanted` ranges that hold all the numbers; on a logarithmic axis they grow by a factor. */
export function edges(numbers: readonly number[], log: boolean, wanted: number): number[] {
  const [min, max] = extent(numbers)
  if (log) return log10Edges(min, max, wanted)
  if (min === max) return [min - 0.5, min + 0.5]
  const inner = linearSteps(min, max, wanted)
  const step = (inner[1] ?? max) - (inner[0] ?? min)
  const first = inner[0] ?? min
  const last = inner.at(-1) ?? max
  const below = first > min ? [rounded(first - step)] : []
  const above = last < max || inner.length + below.length < 2 ? [rounded(last + step)] : []
  return [...below, ...inner, ...above]
}

function log10Edges(min: number, max: number, wanted: number): number[] {
  if (min === max) return [min / 2, min * 2]
  const decades = Math.log10(max / min)
  // Whole decades, or equal parts of them.
  const parts = decades >= wanted ? 1 : Math.max(1, Math.round(wanted / decades))
  const every = Math.max(1, Math.round(decades / wanted))
  const from = Math.floor(Math.log10(min) * parts + 1e-9)
  const to = Math.max(from + 1, Math.ceil(Math.log10(max) * parts - 1e-9))
  const found: number[] = []
  for (let step = from; step < to; step += every) found.push(rounded(10 ** (step / parts)))
  return [...found, rounded(10 ** ((from + Math.ceil((to - from) / every) * every) / parts))]
}

/** The range that holds a value; the last one holds its upper bound, too. */
export function binOf(bounds: readonly number[], value: number): number {
  let [low, high] = [0, bounds.length - 2]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (value >= (bounds[middle] ?? 0)) low = middle
    else high = middle - 1
  }
  return low
}

function rounded(value: number): number {
  return Number(value.toPrecision(12))
}
