// Parallel coordinates: a line for each run through its value on every axis.
import { axisOf, place } from '../axis'
import type { Axis } from '../axis'
import { coloring } from '../coloring'
import type { Coloring } from '../coloring'
import { pick } from '../picking'
import type { RunTable } from '../runTable'
import type { PlotSpec } from '../spec'
import type { Drawn } from './drawn'
import { missing } from './drawn'

export interface ParallelLine {
  row: number
  /** Where it crosses each axis, from 0 (bottom) to 1; null where the run has no value that the axis can show. */
  places: readonly (number | null)[]
}

export interface ParallelData {
  axes: readonly Axis[]
  lines: readonly ParallelLine[]
  colors: Coloring
}

/** Runs that lack a value on some axes are drawn with gaps there; those on fewer than two axes are left out. */
export function parallel(table: RunTable, spec: PlotSpec, own: ReadonlyMap<string, string>): Drawn<ParallelData> {
  const columns = spec.axes.flatMap((key) => table.column(key) ?? [])
  if (columns.length < 2) return missing(table, spec.axes, 'Choose two axes at least.')
  const log = (key: string) => spec.log.includes(key)
  const picked = columns.map((column) => new Set(pick([{ column, log: log(column.key) }], table.runs.length).rows))
  const axes = columns.map((column, index) =>
    axisOf(column, [...(picked[index] ?? [])], log(column.key) && column.type === 'number'),
  )
  const lines = table.runs.flatMap((_run, row): ParallelLine[] => {
    const places = columns.map((column, index) => {
      const axis = axes[index]
      return axis === undefined || picked[index]?.has(row) !== true ? null : place(axis, column.values[row] ?? 0)
    })
    return places.filter((each) => each !== null).length < 2 ? [] : [{ row, places }]
  })
  if (lines.length === 0) return { data: null, why: 'No run has values on two of these axes.' }
  const colors = coloring(table, spec.color, log(spec.color), own)
  return { data: { axes, lines, colors }, rows: lines.map(({ row }) => row), total: table.runs.length, reasons: [...gaps(lines, axes), ...left(table, lines), ...colors.reasons] }
}

function gaps(lines: readonly ParallelLine[], axes: readonly Axis[]): string[] {
  const found = axes.flatMap(({ label }, index) => {
    const number = lines.filter(({ places }) => places[index] === null).length
    return number === 0 ? [] : [`${label} (${number})`]
  })
  return found.length === 0 ? [] : [`gaps at ${found.join(', ')}`]
}

function left(table: RunTable, lines: readonly ParallelLine[]): string[] {
  const number = table.runs.length - lines.length
  return number === 0 ? [] : [`${number} ${number === 1 ? 'is' : 'are'} on fewer than two axes`]
}
