// Bars: a metric of each run, or its mean over groups of runs.
import { axisOf, extent } from '../axis'
import type { Axis } from '../axis'
import { coloring, GREY } from '../coloring'
import type { Coloring } from '../coloring'
import { groups } from '../grouping'
import { pick } from '../picking'
import type { RunTable } from '../runTable'
import type { PlotSpec } from '../spec'
import { spread } from '../statistics'
import type { Column } from '../values'
import type { Drawn } from './drawn'
import { missing, nothing } from './drawn'

/** More would be thinner than the lines between them. */
export const MOST_BARS = 60

export interface Bar {
  /** Apart from those of all other bars. */
  key: string
  label: string
  value: number
  /** The run's row; null for a group. */
  row: number | null
  count: number
  deviation: number
  color: string
}

export interface BarsData {
  bars: readonly Bar[]
  axis: Axis
  colors: Coloring | null
}

/** `kept` are the runs that brushes leave; groups are made of these only. */
export function bars(table: RunTable, spec: PlotSpec, own: ReadonlyMap<string, string>, kept: readonly boolean[]): Drawn<BarsData> {
  const column = table.column(spec.x)
  const group = table.column(spec.group)
  if (column === undefined) return missing(table, [spec.x], 'Choose a metric.')
  if (column.type === 'text') return { data: null, why: `${column.label} is text; bars need numbers.` }
  const log = spec.log.includes(column.key)
  const wanted = [{ column, log }, ...(group === undefined ? [] : [{ column: group }])]
  const { rows, reasons } = pick(wanted, table.runs.length, group === undefined ? undefined : (row) => kept[row] === true)
  const total = table.runs.length
  const colors = group === undefined ? coloring(table, spec.color, spec.log.includes(spec.color), own) : null
  const all = group === undefined ? perRun(table, column, rows, colors) : perGroup(column, group, rows, spec)
  if (all.length === 0) return nothing(reasons)
  const shown = ordered(all, spec.order).slice(0, MOST_BARS)
  const cut = all.length > shown.length ? [`the ${MOST_BARS} ${CUT_NAMES[spec.order]} are shown`] : []
  const axis = { ...axisOf(column, rows, log), ...bounds(shown, log) }
  return { data: { bars: shown, axis, colors }, rows, total, reasons: [...cut, ...reasons, ...(colors?.reasons ?? [])] }
}

const CUT_NAMES = { high: 'highest', low: 'lowest', listed: 'first' } as const

function perRun(table: RunTable, column: Column, rows: readonly number[], colors: Coloring | null): Bar[] {
  return rows.flatMap((row) => {
    const run = table.runs[row]
    const value = Number(column.values[row])
    return run === undefined ? [] : [{ key: run.run_id, label: run.name, value, row, count: 1, deviation: 0, color: colors?.of(row) ?? GREY }]
  })
}

function perGroup(column: Column, group: Column, rows: readonly number[], spec: PlotSpec): Bar[] {
  return groups(group, rows, spec.log.includes(group.key)).map(({ label, rows: held }) => {
    const { count, mean, deviation } = spread(held.map((row) => Number(column.values[row])))
    return { key: label, label, value: mean, row: null, count, deviation, color: '' }
  })
}

function ordered(all: readonly Bar[], order: PlotSpec['order']): Bar[] {
  if (order === 'listed') return [...all]
  return all.toSorted((one, other) => (order === 'high' ? other.value - one.value : one.value - other.value))
}

/** From 0, or on a logarithmic axis from a little below the least. */
function bounds(shown: readonly Bar[], log: boolean): { min: number; max: number } {
  const ends = shown.flatMap(({ value, deviation }) => [value - deviation, value, value + deviation])
  const [min, max] = extent(log ? ends.filter((end) => end > 0) : ends)
  if (log) return { min: min / 2, max }
  return min >= 0 && max <= 0 ? { min: 0, max: 1 } : { min: Math.min(0, min), max: Math.max(0, max) }
}
