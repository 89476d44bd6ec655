// Which runs a plot can show, and why it leaves out others: every one is counted and told.
import { formatCount, plural } from '../lib/format'
import type { Column } from './values'

export interface Wanted {
  column: Column
  log?: boolean
}

export interface Picked {
  /** Rows in which every wanted column has a value that its axis can show. */
  rows: number[]
  /** Why others are missing: "2 have no lr". */
  reasons: string[]
}

type Fault = 'absent' | 'endless' | 'negative'

/** Rows with values in all these columns; of `total` rows, or of `among` only. */
export function pick(wanted: readonly Wanted[], total: number, among: (row: number) => boolean = () => true): Picked {
  const rows: number[] = []
  const faults = new Map<string, { label: string; fault: Fault; count: number }>()
  for (let row = 0; row < total; row += 1) {
    if (!among(row)) continue
    const failing = wanted.find((each) => faultOf(each, row) !== null)
    if (failing === undefined) {
      rows.push(row)
      continue
    }
    const fault = faultOf(failing, row) ?? 'absent'
    const { key, label } = failing.column
    const known = faults.get(`${fault} ${key}`) ?? { label, fault, count: 0 }
    faults.set(`${fault} ${key}`, { ...known, count: known.count + 1 })
  }
  return { rows, reasons: [...faults.values()].map(({ label, fault, count }) => reason(label, fault, count)) }
}

function faultOf({ column, log = false }: Wanted, row: number): Fault | null {
  const value = column.values[row] ?? null
  if (value === null) return 'absent'
  if (typeof value === 'string') return null
  if (!Number.isFinite(value)) return 'endless'
  return log && value <= 0 ? 'negative' : null
}

function reason(label: string, fault: Fault, count: number): string {
  const have = count === 1 ? 'has' : 'have'
  if (fault === 'absent') return `${formatCount(count)} ${have} no ${label}`
  if (fault === 'endless') return `${formatCount(count)} ${have} a ${label} that is NaN or infinite`
  return `${formatCount(count)} ${have} a ${label} of 0 or less, which a logarithmic axis can’t show`
}

/** "40 runs", or "38 of 40 runs; 2 have no lr". */
export function caption(shown: number, total: number, reasons: readonly string[]): string {
  const runs = shown === total ? plural(total, 'run') : `${formatCount(shown)} of ${plural(total, 'run')}`
  return [runs, ...reasons].join('; ')
}

/** Whether a column can have a logarithmic axis: it has numbers, and some above 0. */
export function canBeLog({ type, values }: Column): boolean {
  return type === 'number' && values.some((value) => typeof value === 'number' && value > 0 && Number.isFinite(value))
}
