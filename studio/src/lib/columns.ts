// Columns of a run: what they are called in links, and what the server calls them.
import { lowerIsBetter } from './direction'

export type MetricValue = 'latest' | 'min' | 'max' | 'best'
export type Column =
  | { kind: 'attribute'; name: string }
  | { kind: 'param' | 'tag'; name: string }
  | { kind: 'metric'; name: string; value: MetricValue }

interface Attribute {
  title: string
  /** Its name in the server's filters and orders; none for what can't be sorted by. */
  field?: string
  /** The tag that holds it. */
  tag?: string
  /** Runs can be grouped by it. */
  groups?: true
}

/** A run's own fields, and tags that MLflow's clients set on every run. */
export const ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  name: { title: 'Name', field: 'attributes.run_name' },
  status: { title: 'Status', field: 'attributes.status', groups: true },
  experiment: { title: 'Experiment', field: 'attributes.experiment_name', groups: true },
  duration: { title: 'Duration', field: 'attributes.duration' },
  started: { title: 'Started', field: 'attributes.start_time' },
  ended: { title: 'Ended', field: 'attributes.end_time' },
  user: { title: 'User', field: 'attributes.user_id', groups: true },
  id: { title: 'Run id', field: 'attributes.run_id' },
  parent: { title: 'Parent' },
  size: { title: 'Size' },
  source: { title: 'Source', field: 'tags.`mlflow.source.name`', tag: 'mlflow.source.name', groups: true },
  commit: { title: 'Git commit', field: 'tags.`mlflow.source.git.commit`', tag: 'mlflow.source.git.commit', groups: true },
  description: { title: 'Description', field: 'tags.`mlflow.note.content`', tag: 'mlflow.note.content' },
}

/** It leads to the run, so no list is without it. */
export const NAME: Column = { kind: 'attribute', name: 'name' }

export const SIZE: Column = { kind: 'attribute', name: 'size' }

/** What a list shows of each run until somebody chooses. */
export const DEFAULT_ATTRIBUTES: readonly Column[] = ['name', 'status', 'experiment', 'duration', 'started', 'user'].map(
  (name) => ({ kind: 'attribute', name }),
)

/** `metrics.loss`, `min:metrics.loss`, `params.lr`, `tags.team`, `status`: as it stands in links. */
export function columnKey(column: Column): string {
  if (column.kind === 'attribute') return column.name
  const key = `${column.kind}s.${column.name}`
  return column.kind === 'metric' && column.value !== 'latest' ? `${column.value}:${key}` : key
}

/** The column of a key; undefined for what is none. */
export function parseColumn(key: string): Column | undefined {
  if (Object.hasOwn(ATTRIBUTES, key)) return { kind: 'attribute', name: key }
  const match = /^(?:(min|max|best):)?(metric|param|tag)s\.(.+)$/s.exec(key)
  const [, value, kind, name] = match ?? []
  if (name === undefined || (value !== undefined && kind !== 'metric')) return undefined
  if (kind === 'metric') return { kind, name, value: (value as MetricValue | undefined) ?? 'latest' }
  return { kind: kind as 'param' | 'tag', name }
}

export function sameColumn(one: Column, other: Column): boolean {
  return columnKey(one) === columnKey(other)
}

export function columnTitle(column: Column): string {
  if (column.kind === 'attribute') return ATTRIBUTES[column.name]?.title ?? column.name
  return column.kind === 'metric' && column.value !== 'latest' ? `${column.value} ${column.name}` : column.name
}

/** Which value of a metric the server is asked for: the best one is the least or the greatest. */
export function valueAsked(column: Column & { kind: 'metric' }): 'latest' | 'min' | 'max' {
  if (column.value === 'best') return lowerIsBetter(column.name) ? 'min' : 'max'
  return column.value
}

/** Its name in the server's filters and orders; undefined for what it can't be sorted by. */
export function fieldOf(column: Column): string | undefined {
  if (column.kind === 'attribute') return ATTRIBUTES[column.name]?.field
  const field = `${column.kind}s.${quoted(column.name)}`
  if (column.kind !== 'metric') return field
  const value = valueAsked(column)
  return value === 'latest' ? field : `${value}(${field})`
}

export interface AskedColumns {
  metric: string[]
  metric_min: string[]
  metric_max: string[]
  param: string[]
  tag: string[]
}

/** What the server is asked for so that these columns can be shown; in one order, however they stand. */
export function askedColumns(columns: readonly Column[]): AskedColumns {
  const metrics = columns.filter((column) => column.kind === 'metric')
  const named = (value: string) => sorted(metrics.filter((column) => valueAsked(column) === value).map(({ name }) => name))
  return {
    metric: named('latest'),
    metric_min: named('min'),
    metric_max: named('max'),
    param: sorted(columns.filter(({ kind }) => kind === 'param').map(({ name }) => name)),
    tag: sorted(columns.flatMap(tagsOf)),
  }
}

function tagsOf(column: Column): string[] {
  if (column.kind === 'tag') return [column.name]
  const tag = column.kind === 'attribute' ? ATTRIBUTES[column.name]?.tag : undefined
  return tag === undefined ? [] : [tag]
}

function sorted(names: string[]): string[] {
  return [...new Set(names)].sort()
}

function quoted(name: string): string {
  return name.includes('`') ? `"${name}"` : `\`${name}\``
}
