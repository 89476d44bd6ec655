// A single figure over the runs: of the newest, the least, the greatest, the mean or the median.
import { pick } from '../picking'
import type { RunTable } from '../runTable'
import type { PlotSpec } from '../spec'
import { quantile, spread } from '../statistics'
import type { Drawn } from './drawn'
import { missing, nothing } from './drawn'

export interface SingleData {
  value: number
  count: number
  /** The run that has it; null where no single one does. */
  row: number | null
  /** Null but for a mean. */
  deviation: number | null
}

export function single(table: RunTable, spec: PlotSpec, kept: readonly boolean[]): Drawn<SingleData> {
  const column = table.column(spec.x)
  if (column === undefined) return missing(table, [spec.x], 'Choose a metric or parameter.')
  if (column.type === 'text') return { data: null, why: `${column.label} is text.` }
  const { rows, reasons } = pick([{ column }], table.runs.length, (row) => kept[row] === true)
  if (rows.length === 0) return nothing(reasons)
  const value = (row: number) => Number(column.values[row])
  const best = (better: (one: number, other: number) => boolean) =>
    rows.reduce((found, row) => (better(value(row), value(found)) ? row : found), rows[0] ?? 0)
  const of = (row: number): SingleData => ({ value: value(row), count: rows.length, row, deviation: null })
  const data = (): SingleData => {
    if (spec.aggregate === 'min') return of(best((one, other) => one < other))
    if (spec.aggregate === 'max') return of(best((one, other) => one > other))
    if (spec.aggregate === 'newest') {
      const start = (row: number) => table.runs[row]?.start_time ?? 0
      return of(rows.reduce((found, row) => (start(row) > start(found) ? row : found), rows[0] ?? 0))
    }
    const numbers = rows.map(value).sort((one, other) => one - other)
    if (spec.aggregate === 'median') return { value: quantile(numbers, 0.5), count: rows.length, row: null, deviation: null }
    const { mean, deviation } = spread(numbers)
    return { value: mean, count: rows.length, row: null, deviation }
  }
  return { data: data(), rows, total: table.runs.length, reasons }
}
