// The charts of several runs: a curve for each run, or for each group of runs.
import type { Comparison } from '../api/types'
import { addedCharts } from './addedCharts'
import type { ChartLine, ChartSpec } from './chartSpec'
import type { MetricRow } from './metricRows'
import { sectionOf } from './metricTree'
import type { MetricsView } from '../lib/chartView'
import { runColor, runColors } from '../lib/colors'
import { plural } from '../lib/format'
import type { Grouping } from '../lib/grouping'

interface RunChartsOf {
  data: Comparison
  names: readonly string[]
  hidden: readonly string[]
  colors: ReadonlyMap<string, string>
  group: Grouping | null
  settings: MetricsView['charts']
}

export interface RunGroup {
  /** The value that its runs share; null for runs without one. */
  value: string | null
  runs: readonly string[]
  name: string
  color: string
}

/** Charts that were put together, then one for each metric; charts in which nothing is to be seen are left out. */
export function runCharts({ data, names, hidden, colors, group, settings }: RunChartsOf): ChartSpec[] {
  const values = new Map(data.metrics.map((metric) => [metric.name, metric.values]))
  const shown = data.runs.flatMap(({ run_id: runId, name: run }, index) => (hidden.includes(runId) ? [] : [{ runId, run, index }]))
  const groups = group === null ? null : runGroups(data, group, hidden)
  const linesOf = (metric: string, several = false): ChartLine[] => {
    const has = shown.filter(({ index }) => (values.get(metric)?.[index] ?? null) !== null)
    const name = (of: string) => (several ? `${of} · ${metric}` : of)
    if (groups === null) {
      return has.map(({ runId, run }) => ({ runId, metric, run, name: name(run), color: colors.get(runId) ?? '' }))
    }
    const ids = new Set(has.map(({ runId }) => runId))
    return groups.flatMap(({ name: of, color, runs }) => {
      const members = runs.filter((run) => ids.has(run))
      const [first] = members
      return first === undefined ? [] : [{ runId: first, metric, run: of, name: name(`${of} (${plural(members.length, 'run')})`), color, members }]
    })
  }
  const single = names.map((name) => ({ key: name, title: name, section: sectionOf(name), lines: linesOf(name) }))
  return [...addedCharts(settings, (name) => linesOf(name, true)), ...single].filter(({ lines }) => lines.length > 0)
}

/** Fields of a run that groups share, by their names in the list of jobs. */
const FIELDS: Readonly<Record<string, 'status' | 'user' | 'experiment_name'>> = { status: 'status', user: 'user', experiment: 'experiment_name' }

function valuesOf({ runs, params, tags }: Comparison, { kind, name }: Pick<Grouping, 'kind' | 'name'>): readonly (string | null)[] {
  const field = FIELDS[name]
  if (kind === 'attribute') return field === undefined ? [] : runs.map((run) => run[field])
  return (kind === 'param' ? params : tags).find((each) => each.name === name)?.values ?? []
}

/** Runs by their value of a parameter, tag or field, in the order of the values; those without it come last. */
export function runGroups(data: Comparison, { kind, name }: Grouping, hidden: readonly string[] = []): RunGroup[] {
  const values = valuesOf(data, { kind, name })
  const groups = new Map<string | null, string[]>()
  data.runs.forEach(({ run_id: runId }, index) => {
    if (hidden.includes(runId)) return
    const value = values[index] ?? null
    groups.set(value, [...(groups.get(value) ?? []), runId])
  })
  const sorted = [...groups].sort(([one], [other]) => order(one, other))
  // Of all groups, hidden ones too, and in their order: a colour does not change with what is shown.
  const colors = runColors([...new Set(values)].sort(order).map((value) => colorKey(name, value)))
  return sorted.map(([value, members]) => ({
    value, runs: members, name: value === null ? `no ${name}` : `${name} = ${value}`, color: colors.get(colorKey(name, value)) ?? runColor(name),
  }))
}

function colorKey(name: string, value: string | null): string {
  return `${name} ${value ?? ''}`
}

/** Numbers by size, other texts by letters. */
function order(one: string | null, other: string | null): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1
  const [first, second] = [Number(one), Number(other)]
  return Number.isFinite(first) && Number.isFinite(second) && one !== '' && other !== '' ? first - second : one < other ? -1 : 1
}

/** The colour of each run: that of its group. */
export function groupColors(groups: readonly RunGroup[]): Map<string, string> {
  return new Map(groups.flatMap(({ runs, color }) => runs.map((run) => [run, color] as const)))
}

/** Parameters, tags and fields by which the runs can be told apart into fewer groups than there are runs. */
export function groupingNames(data: Comparison): Pick<Grouping, 'kind' | 'name'>[] {
  const { runs, params, tags } = data
  const fields = Object.keys(FIELDS).map((name) => ({ name, values: [...valuesOf(data, { kind: 'attribute', name })] }))
  const groups = (kind: Grouping['kind'], rows: Comparison['params']) =>
    rows.flatMap(({ name, values }) => {
      const different = new Set(values).size
      return different > 1 && (different < runs.length || runs.length <= 2) ? [{ kind, name }] : []
    })
  return [...groups('param', params), ...groups('tag', tags.filter(({ name }) => !name.startsWith('mlflow.'))), ...groups('attribute', fields)]
}

/** Names with the number of runs that have them. */
export function comparedRows({ metrics, runs }: Comparison): MetricRow[] {
  const note = (values: readonly unknown[]) => {
    const number = values.filter((value) => value !== null).length
    const title = `${plural(number, 'run')} of ${runs.length} ${number === 1 ? 'has' : 'have'} it`
    return { text: number === runs.length ? '' : plural(number, 'run'), title }
  }
  return metrics.map(({ name, values }) => ({ name, note: () => note(values) }))
}
