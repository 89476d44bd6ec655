// Rows of a comparison: which differ, and by how much.
import { lowerIsBetter } from './direction'
import { formatNumber, toNumber } from './format'
import type { Wire } from './format'

export type Cell = Wire | null

export interface ComparedRow {
  kind: 'param' | 'metric' | 'tag'
  name: string
  /** In the order of the runs; null where a run has nothing of that name. */
  values: readonly Cell[]
}

/** Whether two runs have different values, or one has one and the other has not. */
export function differs({ values }: ComparedRow): boolean {
  return values.some((value) => value !== values[0])
}

/** Rows whose name contains the text and, if asked, in which the runs differ. */
export function comparedRows(rows: readonly ComparedRow[], search: string, differences: boolean): ComparedRow[] {
  const wanted = search.toLowerCase()
  return rows.filter((row) => row.name.toLowerCase().includes(wanted) && (!differences || differs(row)))
}

/** How much a value is above or below the baseline's: "+0.12 (+3.1 %)"; empty where that can't be said. */
export function delta(value: Cell, baseline: Cell): string {
  const [number, base] = [numeric(value), numeric(baseline)]
  if (number === null || base === null) return ''
  const change = number - base
  if (change === 0) return '='
  const share = base === 0 ? '' : ` (${percent((change / Math.abs(base)) * 100)})`
  return `${sign(change)}${formatNumber(Math.abs(change))}${share}`
}

/** Whether a metric is better or worse than the baseline's; null where they are equal or that can't be said. */
export function judged(metric: string, value: Cell, baseline: Cell): 'better' | 'worse' | null {
  const [number, base] = [numeric(value), numeric(baseline)]
  if (number === null || base === null || number === base) return null
  return number < base === lowerIsBetter(metric) ? 'better' : 'worse'
}

/** A finite number, also where it is spelled as text, as parameters are. */
function numeric(value: Cell): number | null {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return null
  const number = toNumber(value)
  return Number.isFinite(number) ? number : null
}

function percent(value: number): string {
  const size = Math.abs(value)
  return `${sign(value)}${size < 10 ? String(Number(size.toPrecision(2))) : formatNumber(Math.round(size))} %`
}

function sign(value: number): string {
  return value < 0 ? '−' : '+'
}
