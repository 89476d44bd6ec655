// What one chart has of its own, and how that stands in links: what is not given is as for all charts of the page.
import { readSmoothing, writeSmoothing } from './smoothing'
import type { Smoothing } from './smoothing'

/** Bounds of an axis that somebody typed; null follows the data. */
export type Bounds = readonly [number | null, number | null]

export interface ChartSettings {
  title?: string | undefined
  /** Metrics of a chart that somebody put together; their keys begin with `ADDED`. */
  metrics?: readonly string[] | undefined
  /** Metrics that are drawn against the axis at the right. */
  right?: readonly string[] | undefined
  log?: boolean | undefined
  smoothing?: Smoothing | undefined
  bounds?: Bounds | undefined
  /** What a box was drawn around along y; a zoom, which leaves typed bounds as they are. */
  boxed?: readonly [number, number] | undefined
  hidden?: boolean | undefined
  /** The section that the chart was moved to. */
  section?: string | undefined
  /** Columns that the chart covers, and its height in pixels. */
  span?: number | undefined
  height?: number | undefined
}

/** Keys of charts that somebody put together begin so; no metric's name does, since names can't hold it. */
export const ADDED = '+'
export const MOST_SPAN = 4
export const HEIGHTS = { least: 180, step: 12, most: 900 } as const

export function isAdded(key: string): boolean {
  return key.startsWith(ADDED)
}

export function readChartSettings(text: string): ChartSettings {
  const search = new URLSearchParams(text)
  const settings: ChartSettings = {}
  const title = search.get('title')
  if (title !== null && title !== '') settings.title = title
  if (search.has('m')) settings.metrics = search.getAll('m').filter((name) => name !== '')
  if (search.has('right')) settings.right = search.getAll('right')
  if (search.has('log')) settings.log = search.get('log') === '1'
  if (search.has('smooth')) settings.smoothing = readSmoothing(search.get('smooth'))
  const bounds = readBounds(search.get('y'))
  if (bounds !== null) settings.bounds = bounds
  const [low = null, high = null] = readBounds(search.get('box')) ?? []
  if (low !== null && high !== null) settings.boxed = [low, high]
  if (search.get('hide') === '1') settings.hidden = true
  const section = search.get('in')
  if (section !== null) settings.section = section
  const span = whole(search.get('w'), 1, MOST_SPAN)
  if (span !== null) settings.span = span
  const height = whole(search.get('h'), HEIGHTS.least, HEIGHTS.most)
  if (height !== null) settings.height = height
  return settings
}

export function writeChartSettings(settings: ChartSettings): string {
  const search = new URLSearchParams()
  if (settings.title !== undefined && settings.title !== '') search.set('title', settings.title)
  if (settings.metrics?.length === 0) search.set('m', '')
  for (const name of settings.metrics ?? []) search.append('m', name)
  for (const name of settings.right ?? []) search.append('right', name)
  if (settings.log !== undefined) search.set('log', settings.log ? '1' : '0')
  // None is said, too: it differs from what all charts have.
  if (settings.smoothing !== undefined) search.set('smooth', writeSmoothing(settings.smoothing) || '0')
  if (settings.bounds !== undefined && settings.bounds.some((bound) => bound !== null)) {
    search.set('y', settings.bounds.map((bound) => bound ?? '').join('~'))
  }
  if (settings.boxed !== undefined) search.set('box', settings.boxed.join('~'))
  if (settings.hidden === true) search.set('hide', '1')
  if (settings.section !== undefined) search.set('in', settings.section)
  if (settings.span !== undefined) search.set('w', String(settings.span))
  if (settings.height !== undefined) search.set('h', String(settings.height))
  return search.toString()
}

/** A bound as it is typed: a number, or nothing for none; undefined for what is neither. */
export function readBound(text: string): number | null | undefined {
  if (text.trim() === '') return null
  const number = Number(text.trim().replace('−', '-'))
  return Number.isFinite(number) ? number : undefined
}

function readBounds(text: string | null): Bounds | null {
  const parts = text?.split('~')
  if (parts?.length !== 2) return null
  const [low, high] = parts.map((part) => readBound(part) ?? null) as [number | null, number | null]
  if ((low === null && high === null) || (low !== null && high !== null && low >= high)) return null
  return [low, high]
}

function whole(text: string | null, least: number, most: number): number | null {
  const number = Number(text)
  return text !== null && Number.isInteger(number) && number >= least && number <= most ? number : null
}
