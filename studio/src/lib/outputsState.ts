// What the page of a run's files shows, kept in the URL.

/** Lines from the first to the last, both with it, counted from 1. */
export type LineRange = readonly [number, number]

export interface OutputsView {
  path: string | null
  line: LineRange | null
  find: string
  matchCase: boolean
  expression: boolean
  wrap: boolean
  /** The bytes as text, where there is another way to show them. */
  raw: boolean
  /** HTML may load from other sites. */
  network: boolean
  /** Which page of a table, from 1. */
  page: number
  /** Text that paths in the tree contain. */
  filter: string
}

const KEYS = ['path', 'line', 'find', 'case', 'regex', 'wrap', 'raw', 'network', 'page', 'files'] as const
/** What stays when another file is chosen. */
const KEPT = ['wrap', 'files'] as const

export function readOutputsView(search: URLSearchParams): OutputsView {
  const page = Number(search.get('page'))
  return {
    path: search.get('path'),
    line: readLines(search.get('line')),
    find: search.get('find') ?? '',
    matchCase: search.get('case') === '1',
    expression: search.get('regex') === '1',
    wrap: search.get('wrap') === '1',
    raw: search.get('raw') === '1',
    network: search.get('network') === '1',
    page: Number.isInteger(page) && page > 1 ? page : 1,
    filter: search.get('files') ?? '',
  }
}

/** The query after a change; what else it holds stays. */
export function withOutputsView(search: URLSearchParams, view: OutputsView): URLSearchParams {
  const rest = [...search].filter(([key]) => !(KEYS as readonly string[]).includes(key))
  const written = new URLSearchParams()
  if (view.path !== null) written.set('path', view.path)
  if (view.line !== null) written.set('line', writeLines(view.line))
  if (view.find !== '') written.set('find', view.find)
  if (view.matchCase) written.set('case', '1')
  if (view.expression) written.set('regex', '1')
  if (view.wrap) written.set('wrap', '1')
  if (view.raw) written.set('raw', '1')
  if (view.network) written.set('network', '1')
  if (view.page > 1) written.set('page', String(view.page))
  if (view.filter !== '') written.set('files', view.filter)
  return new URLSearchParams([...written, ...rest])
}

/** The query for another file. */
export function withPath(search: URLSearchParams, path: string): URLSearchParams {
  const kept = [...search].filter(([key]) => !(KEYS as readonly string[]).includes(key) || (KEPT as readonly string[]).includes(key))
  return new URLSearchParams([['path', path], ...kept])
}

/** The lines after a click on the number `line`; with Shift from those that were chosen on. */
export function pickLine(chosen: LineRange | null, line: number, extend: boolean): LineRange | null {
  if (extend && chosen !== null) return line < chosen[0] ? [line, chosen[1]] : [chosen[0], line]
  return chosen !== null && chosen[0] === line && chosen[1] === line ? null : [line, line]
}

function readLines(text: string | null): LineRange | null {
  const match = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(text ?? '')
  if (match === null) return null
  const [first, last] = [Number(match[1]), Number(match[2] ?? match[1])]
  return first >= 1 && last >= first ? [first, last] : null
}

function writeLines([first, last]: LineRange): string {
  return first === last ? String(first) : `${first}-${last}`
}
