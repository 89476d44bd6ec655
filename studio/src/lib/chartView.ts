// What a page's charts show, kept in the URL: a missing parameter means the default, so plain links stay short.
import { readChartSettings, writeChartSettings } from './chartSettings'
import type { ChartSettings } from './chartSettings'
import { readGrouping, writeGrouping } from './grouping'
import type { Grouping } from './grouping'
import { readSmoothing, writeSmoothing } from './smoothing'
import type { Smoothing } from './smoothing'

/** Steps; times in the server's milliseconds; or the values of another metric, logged at the same steps. */
export type XAxis = 'step' | 'time' | 'relative' | 'process' | MetricAxis
type MetricAxis = `metric:${string}`
export type Range = readonly [number, number]

/** Charts of metrics. `selected` is null while all metrics are shown. */
export interface MetricsView {
  selected: string[] | null
  find: string
  /** Folders of the list of metrics that are closed. */
  fold: string[]
  x: XAxis
  smoothing: Smoothing
  /** Logarithmic axes. */
  log: boolean
  logX: boolean
  /** y axes that leave out the values furthest from the others. */
  outliers: boolean
  /** All curves on one chart. */
  together: boolean
  /** A zoom of one chart is that of all. */
  sync: boolean
  /** Shown ranges of x by the chart's key; under `ALL_CHARTS` that of all. */
  zoom: ReadonlyMap<string, Range>
  /** How runs are drawn as groups, if they are. */
  group: Grouping | null
  /** What single charts have of their own, by the chart's key. */
  charts: ReadonlyMap<string, ChartSettings>
  /** Keys of charts that were moved, in their order; all others follow in the order of their names. */
  order: string[]
  /** Sections that are closed, and names that people gave to sections. */
  shut: string[]
  titles: ReadonlyMap<string, string>
  /** The chart that fills the page. */
  full: string | null
}

/** The key of a zoom that holds for all charts; no metric has an empty name. */
export const ALL_CHARTS = ''

export function readMetricsView(search: URLSearchParams): MetricsView {
  return {
    selected: search.has('m') ? search.getAll('m').filter((name) => name !== '') : null,
    find: search.get('find') ?? '',
    fold: search.getAll('fold'),
    x: readAxis(search.get('x')),
    smoothing: readSmoothing(search.get('smooth')),
    log: search.get('log') === '1',
    logX: search.get('logx') === '1',
    outliers: search.get('outliers') === '1',
    together: search.get('together') === '1',
    sync: search.get('sync') === '1',
    zoom: new Map(search.getAll('zoom').flatMap(readZoom)),
    group: readGrouping(search.get('group')),
    charts: new Map(search.getAll('chart').flatMap(readChart)),
    order: search.getAll('at'),
    shut: search.getAll('shut'),
    titles: new Map(search.getAll('section').flatMap(readTitle)),
    full: search.get('full'),
  }
}

export function writeMetricsView(view: MetricsView): URLSearchParams {
  const search = new URLSearchParams()
  if (view.selected?.length === 0) search.set('m', '')
  for (const name of view.selected ?? []) search.append('m', name)
  if (view.find !== '') search.set('find', view.find)
  for (const folder of view.fold) search.append('fold', folder)
  if (view.x !== 'step') search.set('x', view.x)
  const smoothing = writeSmoothing(view.smoothing)
  if (smoothing !== '') search.set('smooth', smoothing)
  for (const [key, on] of [['log', view.log], ['logx', view.logX], ['outliers', view.outliers], ['together', view.together], ['sync', view.sync]] as const) {
    if (on) search.set(key, '1')
  }
  for (const [name, [start, end]] of view.zoom) search.append('zoom', `${start}~${end}~${name}`)
  if (view.group !== null) search.set('group', writeGrouping(view.group))
  for (const [key, settings] of view.charts) {
    const text = writeChartSettings(settings)
    if (text !== '') search.append('chart', `${encodeURIComponent(key)}?${text}`)
  }
  for (const key of view.order) search.append('at', key)
  for (const section of view.shut) search.append('shut', section)
  for (const [section, title] of view.titles) search.append('section', `${encodeURIComponent(section)}?${title}`)
  if (view.full !== null) search.set('full', view.full)
  return search
}

/** Parameters that `writeMetricsView` may set. */
const METRICS_KEYS: readonly string[] = [
  'm', 'find', 'fold', 'x', 'smooth', 'log', 'logx', 'outliers', 'together', 'sync', 'zoom', 'group', 'chart', 'at', 'shut', 'section', 'full',
]

/** The query of a page after its charts changed; what else it holds stays. */
export function withMetricsView(search: URLSearchParams, view: MetricsView): URLSearchParams {
  const rest = [...search].filter(([key]) => !METRICS_KEYS.includes(key))
  return new URLSearchParams([...rest, ...writeMetricsView(view)])
}

/** The metric whose values are the x axis, if one is. */
export function axisMetric(x: XAxis): string | null {
  return x.startsWith('metric:') ? x.slice('metric:'.length) : null
}

/** Settings of one chart after a change; without any left it has none. */
export function withChart(view: MetricsView, key: string, part: Partial<ChartSettings>): Pick<MetricsView, 'charts'> {
  const charts = new Map(view.charts)
  const settings: ChartSettings = { ...charts.get(key), ...part }
  if (writeChartSettings(settings) === '') charts.delete(key)
  else charts.set(key, settings)
  return { charts }
}

/** What a chart is zoomed to. */
export function zoomOf(view: MetricsView, key: string): Range | null {
  return view.zoom.get(view.sync ? ALL_CHARTS : key) ?? null
}

export function withZoom(view: MetricsView, key: string, range: Range | null): Pick<MetricsView, 'zoom'> {
  const zoom = new Map(view.zoom)
  const at = view.sync ? ALL_CHARTS : key
  if (range === null) zoom.delete(at)
  else zoom.set(at, range)
  return { zoom }
}

/** After a chart was zoomed to a range of x, and where a box was drawn also of y; null takes its zoom back. Typed bounds of y stay. */
export function zoomed(view: MetricsView, key: string, x: Range | null, y: Range | null): Pick<MetricsView, 'zoom' | 'charts'> {
  // A common zoom is taken back for all.
  if (x === null && view.sync) return unzoomed(view)
  const boxed = x === null ? undefined : (y ?? view.charts.get(key)?.boxed)
  return { ...withZoom(view, key, x), ...withChart(view, key, { boxed }) }
}

/** Without any zoom. */
export function unzoomed({ charts }: MetricsView): Pick<MetricsView, 'zoom' | 'charts'> {
  return { zoom: new Map(), charts: new Map([...charts].map(([key, own]) => [key, { ...own, boxed: undefined }])) }
}

function readAxis(text: string | null): XAxis {
  if (text === 'time' || text === 'relative' || text === 'process') return text
  return text !== null && text.startsWith('metric:') && text !== 'metric:' ? (text as MetricAxis) : 'step'
}

function readZoom(text: string): [string, Range][] {
  const match = /^([^~]+)~([^~]+)~(.*)$/s.exec(text)
  const [start, end] = [Number(match?.[1]), Number(match?.[2])]
  return match?.[3] !== undefined && start < end ? [[match[3], [start, end]]] : []
}

function readChart(text: string): [string, ChartSettings][] {
  return keyed(text).map(([key, rest]) => [key, readChartSettings(rest)])
}

function readTitle(text: string): [string, string][] {
  return keyed(text).filter(([, title]) => title !== '')
}

/** `key?rest`, the key encoded so that it holds no question mark. */
function keyed(text: string): [string, string][] {
  const at = text.indexOf('?')
  if (at < 0) return []
  try {
    return [[decodeURIComponent(text.slice(0, at)), text.slice(at + 1)]]
  } catch {
    return []
  }
}
