// A plot's values as a table: for readers of screens, for a look at the figures, and for saving.
import { formatNumber, formatTime } from '../lib/format'
import { plotColumns } from './spec'
import type { PlotSpec } from './spec'
import type { RunTable } from './runTable'
import type { Column, Value } from './values'

export interface PlotTable {
  columns: readonly Column[]
  /** Rows of the board's table, in its order. */
  rows: readonly number[]
}

/** The columns of a plot, and the runs that it shows. */
export function plotTable(spec: PlotSpec, table: RunTable, rows: readonly number[]): PlotTable {
  const columns = plotColumns(spec).flatMap((key) => table.column(key) ?? [])
  return { columns: columns.filter(({ key }) => key !== 'run.name'), rows }
}

/** Header and lines of the file that a plot is saved as. */
export function tableCells({ columns, rows }: PlotTable, table: RunTable): (string | number | null)[][] {
  const head = ['run_id', 'run', ...columns.map(({ label, type }) => (type === 'time' ? `${label} (ms since 1970)` : label))]
  const lines = rows.map((row) => {
    const run = table.runs[row]
    return [run?.run_id ?? '', run?.name ?? '', ...columns.map(({ values }) => values[row] ?? null)]
  })
  return [head, ...lines]
}

/** A value as it is read: 4 digits, times in the reader's time zone. */
export function valueText({ type }: Column, value: Value): string {
  if (value === null) return '–'
  if (type === 'time') return formatTime(Number(value))
  return typeof value === 'number' ? formatNumber(value) : value === '' ? 'empty' : value
}
