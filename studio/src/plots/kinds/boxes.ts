// Boxes: the spread of a metric in groups of runs.
import { axisOf } from '../axis'
import type { Axis } from '../axis'
import { groups } from '../grouping'
import { pick } from '../picking'
import type { RunTable } from '../runTable'
import type { PlotSpec } from '../spec'
import { quantile } from '../statistics'
import type { Drawn } from './drawn'
import { missing, nothing } from './drawn'

export interface Box {
  label: string
  rows: readonly number[]
  /** Quartiles, and the furthest values within 1.5 times the box's height of it (Tukey). */
  low: number
  first: number
  median: number
  third: number
  high: number
}

export interface BoxesData {
  boxes: readonly Box[]
  axis: Axis
  /** The value of each run. */
  values: ReadonlyMap<number, number>
  groupLabel: string
}

export function boxes(table: RunTable, spec: PlotSpec, kept: readonly boolean[]): Drawn<BoxesData> {
  const column = table.column(spec.y)
  const group = table.column(spec.group)
  if (column === undefined || (group === undefined && spec.group !== '')) return missing(table, [spec.y, spec.group], 'Choose a metric.')
  if (column.type === 'text') return { data: null, why: `${column.label} is text; a box needs numbers.` }
  const log = spec.log.includes(column.key)
  const wanted = [{ column, log }, ...(group === undefined ? [] : [{ column: group }])]
  const { rows, reasons } = pick(wanted, table.runs.length, (row) => kept[row] === true)
  if (rows.length === 0) return nothing(reasons)
  const grouped = group === undefined ? [{ label: 'all runs', rows }] : groups(group, rows, spec.log.includes(group.key))
  const values = new Map(rows.map((row) => [row, Number(column.values[row])]))
  const data: BoxesData = {
    boxes: grouped.map(({ label, rows: held }) => boxOf(label, held, values)),
    axis: axisOf(column, rows, log),
    values,
    groupLabel: group?.label ?? '',
  }
  return { data, rows, total: table.runs.length, reasons }
}

function boxOf(label: string, rows: readonly number[], values: ReadonlyMap<number, number>): Box {
  const sorted = rows.map((row) => values.get(row) ?? 0).sort((one, other) => one - other)
  const [first, median, third] = [0.25, 0.5, 0.75].map((part) => quantile(sorted, part)) as [number, number, number]
  const reach = 1.5 * (third - first)
  const low = sorted.find((value) => value >= first - reach) ?? first
  const high = sorted.findLast((value) => value <= third + reach) ?? third
  return { label, rows, low, first, median, third, high }
}
