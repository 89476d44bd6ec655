// What can stand on an axis: a parameter, a metric, or one of a run's own fields, named by a key.
//
// Keys stand in links: `params.lr`, `metrics.loss` (its latest value), `min.loss`, `max.loss`, `run.duration`.

export const COLUMN_KINDS = ['params', 'metrics', 'min', 'max', 'run'] as const
export type ColumnKind = (typeof COLUMN_KINDS)[number]

export interface ColumnRef {
  kind: ColumnKind
  name: string
}

/** Fields of a run, and what they are called on an axis. */
export const RUN_FIELDS: Readonly<Record<string, string>> = {
  duration: 'Duration',
  start: 'Started',
  status: 'Status',
  user: 'User',
  experiment: 'Experiment',
  name: 'Run',
}

export function columnKey(kind: ColumnKind, name: string): string {
  return `${kind}.${name}`
}

/** What a key names; null for text that names nothing. */
export function readColumnKey(key: string): ColumnRef | null {
  const dot = key.indexOf('.')
  const kind = COLUMN_KINDS.find((each) => each === key.slice(0, dot))
  const name = key.slice(dot + 1)
  if (dot < 0 || kind === undefined || name === '') return null
  return kind === 'run' && !(name in RUN_FIELDS) ? null : { kind, name }
}

/** "lr", "loss", "min of loss", "Duration": what stands beside an axis. */
export function columnLabel(key: string): string {
  const column = readColumnKey(key)
  if (column === null) return key
  if (column.kind === 'run') return RUN_FIELDS[column.name] ?? column.name
  return column.kind === 'min' || column.kind === 'max' ? `${column.kind} of ${column.name}` : column.name
}

export function isMetric(key: string): boolean {
  const kind = readColumnKey(key)?.kind
  return kind === 'metrics' || kind === 'min' || kind === 'max'
}

/** Parameters and metrics that the server has to be asked for to show these keys; sorted, so that they make one query key. */
export function wantedNames(keys: Iterable<string>): { params: string[]; metrics: string[] } {
  const params = new Set<string>()
  const metrics = new Set<string>()
  for (const key of keys) {
    const column = readColumnKey(key)
    if (column?.kind === 'params') params.add(column.name)
    else if (column !== null && column.kind !== 'run') metrics.add(column.name)
  }
  return { params: [...params].sort(), metrics: [...metrics].sort() }
}
