// What a page shows, kept in the URL: a missing parameter means the default, so plain links stay short.
import type { ReadAs } from './filter'
import { readSmoothing, writeSmoothing } from './smoothing'

export type Column = { kind: 'metric' | 'param'; name: string }
export interface Sort {
  by: string
  descending: boolean
}

/** Runs that are in the trash, or those that are not. */
export type JobsList = 'active' | 'deleted'

/** The list of runs. `columns` is null while nobody chose any. */
export interface JobsView {
  experiments: string[]
  search: string
  /** How the search is read; null while its looks decide. */
  as: ReadAs
  sort: Sort | null
  columns: Column[] | null
}

export type XAxis = 'step' | 'time' | 'relative'
export type SmoothingKind = 'ema' | 'mean' | 'gaussian'

/** An amount of 0 is none; see `smoothing.ts` for what others mean. */
export interface Smoothing {
  kind: SmoothingKind
  amount: number
}
export type Range = readonly [number, number]

/** Charts of metrics. `selected` is null while all metrics are shown; `zoom` holds a range per metric. */
export interface MetricsView {
  selected: string[] | null
  find: string
  x: XAxis
  smoothing: Smoothing
  log: boolean
  /** All curves on one chart. */
  together: boolean
  zoom: ReadonlyMap<string, Range>
}

export function readJobsView(search: URLSearchParams): JobsView {
  return {
    experiments: search.getAll('experiment'),
    search: search.get('q') ?? '',
    as: readAs(search.get('as')),
    sort: readSort(search.get('sort')),
    columns: search.has('col') ? search.getAll('col').flatMap(readColumn) : null,
  }
}

export function writeJobsView(view: JobsView): URLSearchParams {
  const search = new URLSearchParams()
  for (const experiment of view.experiments) search.append('experiment', experiment)
  if (view.search !== '') search.set('q', view.search)
  if (view.search !== '' && view.as !== null) search.set('as', view.as)
  if (view.sort !== null) search.set('sort', `${view.sort.descending ? '-' : ''}${view.sort.by}`)
  if (view.columns?.length === 0) search.set('col', '')
  for (const column of view.columns ?? []) search.append('col', columnKey(column))
  return search
}

export function readMetricsView(search: URLSearchParams): MetricsView {
  const x = search.get('x')
  return {
    selected: search.has('m') ? search.getAll('m').filter((name) => name !== '') : null,
    find: search.get('find') ?? '',
    x: x === 'time' || x === 'relative' ? x : 'step',
    smoothing: readSmoothing(search.get('smooth')),
    log: search.get('log') === '1',
    together: search.get('together') === '1',
    zoom: new Map(search.getAll('zoom').flatMap(readZoom)),
  }
}

export function writeMetricsView(view: MetricsView): URLSearchParams {
  const search = new URLSearchParams()
  if (view.selected?.length === 0) search.set('m', '')
  for (const name of view.selected ?? []) search.append('m', name)
  if (view.find !== '') search.set('find', view.find)
  if (view.x !== 'step') search.set('x', view.x)
  const smoothing = writeSmoothing(view.smoothing)
  if (smoothing !== '') search.set('smooth', smoothing)
  if (view.log) search.set('log', '1')
  if (view.together) search.set('together', '1')
  for (const [name, [start, end]] of view.zoom) search.append('zoom', `${start}~${end}~${name}`)
  return search
}

/** Parameters that `writeMetricsView` may set. */
const METRICS_KEYS = ['m', 'find', 'x', 'smooth', 'log', 'together', 'zoom'] as const

/** The query of a page after its charts changed; what else it holds stays. */
export function withMetricsView(search: URLSearchParams, view: MetricsView): URLSearchParams {
  const rest = [...search].filter(([key]) => !(METRICS_KEYS as readonly string[]).includes(key))
  return new URLSearchParams([...rest, ...writeMetricsView(view)])
}

/** `metrics.loss`, as it stands in links and, quoted, in the server's order-by language. */
export function columnKey(column: Column): string {
  return `${column.kind}s.${column.name}`
}

function readColumn(text: string): Column[] {
  const match = /^(metric|param)s\.(.+)$/s.exec(text)
  return match?.[2] === undefined ? [] : [{ kind: match[1] as Column['kind'], name: match[2] }]
}

function readAs(text: string | null): ReadAs {
  return text === 'text' || text === 'filter' ? text : null
}

function readSort(text: string | null): Sort | null {
  if (text === null || text === '' || text === '-') return null
  return text.startsWith('-') ? { by: text.slice(1), descending: true } : { by: text, descending: false }
}

function readZoom(text: string): [string, Range][] {
  const match = /^([^~]+)~([^~]+)~(.+)$/s.exec(text)
  const [start, end] = [Number(match?.[1]), Number(match?.[2])]
  return match?.[3] !== undefined && start < end ? [[match[3], [start, end]]] : []
}
