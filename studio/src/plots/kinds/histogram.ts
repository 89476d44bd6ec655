// Histograms: how many runs have values in each of some ranges, or each of some texts.
import { valueLabel } from '../axis'
import { binOf, edges } from '../grouping'
import { pick } from '../picking'
import type { RunTable } from '../runTable'
import type { PlotSpec } from '../spec'
import { distinct } from '../values'
import type { Column } from '../values'
import type { Drawn } from './drawn'
import { missing, nothing } from './drawn'

export interface Bin {
  label: string
  /** Of text bins; null for ranges of numbers. */
  text: string | null
  /** Bounds of numbers; both 0 for texts. */
  from: number
  to: number
  rows: number[]
  /** How many of them the brushes leave. */
  kept: number
}

export interface HistogramData {
  column: Column
  log: boolean
  bins: readonly Bin[]
}

const MOST_BINS = 24

export function histogram(table: RunTable, spec: PlotSpec, kept: readonly boolean[]): Drawn<HistogramData> {
  const column = table.column(spec.x)
  if (column === undefined) return missing(table, [spec.x], 'Choose a metric or parameter.')
  const log = spec.log.includes(column.key) && column.type === 'number'
  const { rows, reasons } = pick([{ column, log }], table.runs.length)
  if (rows.length === 0) return nothing(reasons)
  const bins = column.type === 'text' ? textBins(column, rows) : numberBins(column, rows, log)
  for (const row of rows) {
    if (kept[row] !== true) continue
    const bin = bins.find((each) => each.rows.includes(row))
    if (bin !== undefined) bin.kept += 1
  }
  return { data: { column, log, bins }, rows, total: table.runs.length, reasons }
}

function textBins(column: Column, rows: readonly number[]): Bin[] {
  return distinct(rows.map((row) => column.values[row] ?? null)).map((value) => {
    const held = rows.filter((row) => column.values[row] === value)
    return { label: valueLabel(value), text: String(value), from: 0, to: 0, rows: held, kept: 0 }
  })
}

function numberBins(column: Column, rows: readonly number[], log: boolean): Bin[] {
  const numbers = rows.map((row) => Number(column.values[row]))
  // Freedman and Diaconis' rule needs no more care than Sturges' below some thousand values.
  const wanted = Math.min(MOST_BINS, Math.ceil(Math.log2(numbers.length + 1)) * 2)
  const bounds = edges(numbers, log, wanted)
  const bins = bounds.slice(1).map((to, index): Bin => {
    const from = bounds[index] ?? to
    return { label: `${valueLabel(from)} to ${valueLabel(to)}`, text: null, from, to, rows: [], kept: 0 }
  })
  rows.forEach((row, index) => bins[binOf(bounds, numbers[index] ?? 0)]?.rows.push(row))
  return bins
}
