// Scatter and contour: runs as points over two columns.
import { axisOf } from '../axis'
import type { Axis } from '../axis'
import { coloring } from '../coloring'
import type { Coloring } from '../coloring'
import { pick } from '../picking'
import type { RunTable } from '../runTable'
import type { PlotSpec } from '../spec'
import type { Column } from '../values'
import type { Drawn } from './drawn'
import { missing, nothing } from './drawn'

export interface PointsData {
  kind: 'scatter' | 'contour'
  rows: readonly number[]
  x: Axis
  y: Axis
  xs: readonly (number | string)[]
  ys: readonly (number | string)[]
  colors: Coloring
  /** Of a contour: the height of each point, and its axis. */
  heights: readonly number[]
  height: Axis | null
}

export function scatter(table: RunTable, spec: PlotSpec, own: ReadonlyMap<string, string>): Drawn<PointsData> {
  const [x, y] = [table.column(spec.x), table.column(spec.y)]
  if (x === undefined || y === undefined) return missing(table, [spec.x, spec.y], 'Choose what stands on both axes.')
  const log = (key: string) => spec.log.includes(key)
  const { rows, reasons } = pick([{ column: x, log: log(x.key) }, { column: y, log: log(y.key) }], table.runs.length)
  if (rows.length === 0) return nothing(reasons)
  const colors = coloring(table, spec.color, log(spec.color), own)
  const data = points('scatter', rows, x, y, colors, spec)
  return { data, rows, total: table.runs.length, reasons: [...reasons, ...colors.reasons] }
}

/** Needs numbers on both axes and as height, and three points that do not lie on one line. */
export function contour(table: RunTable, spec: PlotSpec, own: ReadonlyMap<string, string>): Drawn<PointsData> {
  const [x, y, z] = [table.column(spec.x), table.column(spec.y), table.column(spec.color)]
  if (x === undefined || y === undefined || z === undefined) {
    return missing(table, [spec.x, spec.y, spec.color], 'Choose both axes, and a metric as height.')
  }
  const text = [x, y, z].find(({ type }) => type === 'text')
  if (text !== undefined) return { data: null, why: `${text.label} is text; a contour needs numbers on its axes and as height.` }
  const wanted = [x, y, z].map((column) => ({ column, log: spec.log.includes(column.key) }))
  const { rows, reasons } = pick(wanted, table.runs.length)
  const colors = coloring(table, spec.color, spec.log.includes(spec.color), own)
  const data = points('contour', rows, x, y, colors, spec)
  const heights = rows.map((row) => Number(z.values[row]))
  if (new Set(data.xs).size < 2 || new Set(data.ys).size < 2 || rows.length < 3) {
    return { data: null, why: 'A contour needs three runs at least, and several values on both axes.' }
  }
  const height = axisOf(z, rows, spec.log.includes(z.key))
  return { data: { ...data, heights, height }, rows, total: table.runs.length, reasons }
}

function points(
  kind: PointsData['kind'], rows: readonly number[], x: Column, y: Column, colors: Coloring, spec: PlotSpec,
): PointsData {
  const at = (column: Column) => rows.map((row) => column.values[row] ?? '')
  const axis = (column: Column) => axisOf(column, rows, spec.log.includes(column.key) && column.type === 'number')
  return { kind, rows, x: axis(x), y: axis(y), xs: at(x), ys: at(y), colors, heights: [], height: null }
}
