// What the list of runs shows, kept in the URL: a missing parameter means the default, so plain links stay short.
import { columnKey, DEFAULT_ATTRIBUTES, NAME, parseColumn, sameColumn } from './columns'
import type { Column } from './columns'
import type { ReadAs } from './filter'

export interface Sort {
  /** The key of a column. */
  by: string
  descending: boolean
}

/** Runs that are in the trash, those that are archived, or all others. */
export type JobsList = 'active' | 'archived' | 'deleted'

export interface JobsView {
  experiments: string[]
  search: string
  /** How the search is read; null while its looks decide. */
  as: ReadAs
  sort: Sort | null
  /** In order; null while nobody chose any. */
  columns: Column[] | null
  /** Keys of columns that stay at the left. */
  pinned: string[]
  /** In pixels, by the keys of columns that somebody resized. */
  widths: ReadonlyMap<string, number>
  /** What runs are grouped by, from the outside in. */
  groups: Column[]
  /** Children below their parents. */
  nested: boolean
  /** Runs that were put aside, in place of the others. */
  archived: boolean
  /** Keys of groups and runs whose rows are shown; see `runTree.ts`. */
  open: string[]
  /** What the charts beside the list show, as they write it; null while there are none. */
  charts: string | null
  /** The list's part of the width beside charts. */
  split: number
  /** Runs that are checked, as far as charts follow them. */
  checked: string[]
  /** Ids of runs and keys of groups whose curves are not drawn. */
  hidden: string[]
}

export const USUAL_SPLIT = 0.5
export const LEAST_SPLIT = 0.15
export const MOST_SPLIT = 0.85

export const MOST_GROUPS = 2
export const LEAST_WIDTH = 48
export const MOST_WIDTH = 1200
const PINNED = [columnKey(NAME)]
/** Holds the query of the charts, whose own keys are those of the list in part. */
export const CHARTS_KEY = 'charts'

export function readJobsView(search: URLSearchParams): JobsView {
  return {
    experiments: search.getAll('experiment'),
    search: search.get('q') ?? '',
    as: readAs(search.get('as')),
    sort: readSort(search.get('sort')),
    columns: search.has('col') ? readColumns(search.getAll('col')) : null,
    pinned: search.has('pin') ? search.getAll('pin').filter((key) => key !== '') : PINNED,
    widths: new Map(search.getAll('width').flatMap(readWidth)),
    groups: distinct(search.getAll('group')).filter(({ kind }) => kind !== 'metric').slice(0, MOST_GROUPS),
    nested: search.get('nested') === '1',
    archived: search.get('archived') === '1',
    open: search.getAll('open'),
    charts: search.get(CHARTS_KEY),
    split: readSplit(search.get('split')),
    checked: search.has(CHARTS_KEY) ? [...new Set(search.getAll('check'))] : [],
    hidden: search.has(CHARTS_KEY) ? [...new Set(search.getAll('hide'))] : [],
  }
}

export function writeJobsView(view: JobsView): URLSearchParams {
  const search = new URLSearchParams()
  const add = (key: string, values: readonly string[]) => values.forEach((value) => search.append(key, value))
  add('experiment', view.experiments)
  if (view.search !== '') search.set('q', view.search)
  if (view.search !== '' && view.as !== null) search.set('as', view.as)
  if (view.sort !== null) search.set('sort', `${view.sort.descending ? '-' : ''}${view.sort.by}`)
  if (view.columns !== null) add('col', writeColumns(view.columns))
  if (view.pinned.join('\n') !== PINNED.join('\n')) add('pin', view.pinned.length === 0 ? [''] : view.pinned)
  add('width', [...view.widths].map(([key, width]) => `${width}~${key}`))
  add('group', view.groups.map(columnKey))
  if (view.nested) search.set('nested', '1')
  if (view.archived) search.set('archived', '1')
  add('open', view.open)
  if (view.charts === null) return search
  search.set(CHARTS_KEY, view.charts)
  if (view.split !== USUAL_SPLIT) search.set('split', String(view.split))
  add('check', view.checked)
  add('hide', view.hidden)
  return search
}

/** The columns of a link. One that names no field of the run means those by default, as all links once did. */
function readColumns(keys: readonly string[]): Column[] {
  const columns = distinct(keys)
  if (!columns.some(({ kind }) => kind === 'attribute')) return [...DEFAULT_ATTRIBUTES, ...columns]
  return columns.some((column) => sameColumn(column, NAME)) ? columns : [NAME, ...columns]
}

function writeColumns(columns: readonly Column[]): string[] {
  const start = DEFAULT_ATTRIBUTES.length
  const rest = columns.slice(start)
  const plain = DEFAULT_ATTRIBUTES.every((column, index) => columnKey(column) === columns[index]?.name)
  if (!plain || rest.some(({ kind }) => kind === 'attribute')) return columns.map(columnKey)
  return rest.length === 0 ? [''] : rest.map(columnKey)
}

function distinct(keys: readonly string[]): Column[] {
  return [...new Set(keys)].flatMap((key) => parseColumn(key) ?? [])
}

function readAs(text: string | null): ReadAs {
  return text === 'text' || text === 'filter' ? text : null
}

function readSplit(text: string | null): number {
  const split = Number(text ?? NaN)
  return split >= LEAST_SPLIT && split <= MOST_SPLIT ? split : USUAL_SPLIT
}

function readSort(text: string | null): Sort | null {
  const by = text?.replace(/^-/, '') ?? ''
  return parseColumn(by) === undefined ? null : { by, descending: text?.startsWith('-') === true }
}

function readWidth(text: string): [string, number][] {
  const match = /^(\d+)~(.+)$/s.exec(text)
  const width = Number(match?.[1])
  return match?.[2] !== undefined && width >= LEAST_WIDTH && width <= MOST_WIDTH ? [[match[2], width]] : []
}
