// The plots that a board shows by itself, chosen from what its runs have.
import type { components } from '../api/schema'
import { columnKey } from './columns'
import { canBeLog, pick } from './picking'
import type { RunTable } from './runTable'
import { KIND_NAMES, newPlot } from './spec'
import type { PlotKind, PlotSpec } from './spec'
import { quantile, rankCorrelation } from './statistics'
import { distinct } from './values'
import type { Column } from './values'

export type RunNames = components['schemas']['RunNames']

/** Axes that parallel coordinates begin with, beside the metric. */
const FIRST_AXES = 7
/** Metrics that the first one is chosen of: all values of some are NaN. */
const FIRST_METRICS = 4
/** Fewer runs make no correlation. */
const LEAST_RUNS = 4

/** What new plots are made of. */
export interface Choice {
  /** Parameters that differ, those of the commonest runs first. */
  params: string[]
  /** The commonest metrics, those that were measured on other data than was trained on first. */
  metrics: string[]
}

const HELD_OUT = new Set(['val', 'valid', 'validation', 'test', 'eval', 'evaluation'])

/** Whether a name says that it was measured on data that the run was not trained on: `val/loss`, `testAccuracy`. */
function isHeldOut(metric: string): boolean {
  return metric.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z]+/).some((word) => HELD_OUT.has(word))
}

export function choices(names: RunNames): Choice {
  const params = names.params
    .filter(({ values }) => values > 1)
    .toSorted((one, other) => other.runs - one.runs)
    .map(({ name }) => columnKey('params', name))
  const most = Math.max(0, ...names.metrics.map(({ runs }) => runs))
  const late = ({ name, runs }: { name: string; runs: number }) => (isHeldOut(name) && 2 * runs >= most ? 0 : 1)
  const metrics = names.metrics.toSorted((one, other) => late(one) - late(other)).slice(0, FIRST_METRICS).map(({ name }) => columnKey('metrics', name))
  return { params: params.slice(0, FIRST_AXES), metrics }
}

/** The columns that defaults are chosen by. */
export function choiceColumns({ params, metrics }: Choice): string[] {
  return [...params, ...metrics]
}

/** The commonest metric that has numbers to show; '' when there is none. */
function firstMetric({ metrics }: Choice, table: RunTable): string {
  return metrics.find((key) => table.column(key)?.values.some((value) => Number.isFinite(value)) === true) ?? ''
}

/** A new plot of a kind, with axes that show something. */
export function suggested(id: string, kind: PlotKind, choice: Choice, table: RunTable): PlotSpec {
  const { params } = choice
  const metric = firstMetric(choice, table)
  const ranked = byCorrelation(params, metric, table)
  const numbers = ranked.filter((key) => table.column(key)?.type === 'number')
  const [first = ''] = [...numbers, ...params.filter((key) => !numbers.includes(key))]
  const make = (part: Partial<PlotSpec>): PlotSpec => {
    const plot = newPlot(id, kind, part)
    const keys = [...new Set([...plot.axes, plot.x, plot.y, plot.group])]
    return { ...plot, log: keys.filter((key) => looksLogarithmic(table.column(key))) }
  }
  switch (kind) {
    case 'parallel':
      return make({ axes: [...params, metric].filter((key) => key !== ''), color: metric, width: 2 })
    case 'scatter':
      return make({ x: first === '' ? 'run.start' : first, y: metric === '' ? 'run.duration' : metric })
    case 'bar':
      return newPlot(id, kind, { x: metric === '' ? 'run.duration' : metric })
    case 'histogram':
      return make({ x: metric === '' ? 'run.duration' : metric })
    case 'box':
      return make({ y: metric === '' ? 'run.duration' : metric, group: fewest(params, table) })
    case 'contour':
      return make({ x: numbers[0] ?? 'run.start', y: numbers[1] ?? 'run.duration', color: metric === '' ? 'run.duration' : metric })
    case 'value':
      return newPlot(id, kind, { x: metric === '' ? 'run.duration' : metric, aggregate: 'min' })
    case 'note':
      return newPlot(id, kind, { text: '## Note\n\nWhat these runs are about.' })
    case 'table':
      return newPlot(id, kind, { width: 2 })
  }
}

/** The plots of a first visit. */
export function defaultPlots(choice: Choice, table: RunTable): PlotSpec[] {
  const kinds: PlotKind[] = []
  const metric = firstMetric(choice, table)
  if (choice.params.length + (metric === '' ? 0 : 1) >= 2) kinds.push('parallel')
  if (metric !== '') kinds.push(...(choice.params.length > 0 ? (['scatter'] as const) : []), 'bar')
  if (kinds.length === 0) kinds.push('bar')
  return kinds.map((kind, index) => suggested(String(index + 1), kind, choice, table))
}

/** Parameters by how strongly the metric goes with them; those of text last. */
function byCorrelation(params: readonly string[], metric: string, table: RunTable): string[] {
  const strength = new Map(params.map((key) => [key, correlation(table.column(key), table.column(metric))]))
  return params.toSorted((one, other) => (strength.get(other) ?? 0) - (strength.get(one) ?? 0))
}

function correlation(param: Column | undefined, metric: Column | undefined): number {
  if (param?.type !== 'number' || metric?.type !== 'number') return 0
  const { rows } = pick([{ column: param }, { column: metric }], param.values.length)
  if (rows.length < LEAST_RUNS) return 0
  return Math.abs(rankCorrelation(rows.map((row) => Number(param.values[row])), rows.map((row) => Number(metric.values[row]))))
}

/** The parameter that makes the fewest groups. */
function fewest(params: readonly string[], table: RunTable): string {
  const number = (key: string) => distinct(table.column(key)?.values ?? []).length
  return params.toSorted((one, other) => number(one) - number(other))[0] ?? ''
}

/** Positive numbers over more than two decades that crowd at the low end, as learning rates do. */
export function looksLogarithmic(column: Column | undefined): boolean {
  if (column === undefined || !canBeLog(column)) return false
  const numbers = column.values.filter((value) => typeof value === 'number' && Number.isFinite(value)).map(Number)
  numbers.sort((one, other) => one - other)
  const [least, greatest, median] = [numbers[0] ?? 0, numbers.at(-1) ?? 0, quantile(numbers, 0.5)]
  return least > 0 && greatest / least >= 100 && (median - least) / (greatest - least) < 0.25
}

/** "loss by lr", "loss of each run": the title of a plot that has none of its own. */
export function automaticTitle(spec: PlotSpec, label: (key: string) => string): string {
  switch (spec.kind) {
    case 'scatter': return spec.x === '' || spec.y === '' ? KIND_NAMES.scatter : `${label(spec.y)} by ${label(spec.x)}`
    case 'bar': return spec.group === '' ? label(spec.x) : `mean ${label(spec.x)} by ${label(spec.group)}`
    case 'histogram': return label(spec.x)
    case 'box': return spec.group === '' ? label(spec.y) : `${label(spec.y)} by ${label(spec.group)}`
    case 'contour': return spec.color === '' ? KIND_NAMES.contour : `${label(spec.color)} over ${label(spec.x)} and ${label(spec.y)}`
    case 'value': return spec.x === '' ? KIND_NAMES.value : `${spec.aggregate} ${label(spec.x)}`
    default: return KIND_NAMES[spec.kind]
  }
}
