// Tells a filter expression from plain text, and writes the server's order-by language.
import { completeness } from './filterTokens'
import type { Sort } from './urlState'

const FIELD = String.raw`(?:(?:(?:min|max|count)\s*\(\s*metrics?\s*\.[^)]*\))|(?:metrics?|params?|parameters?|tags?|attributes?|attr|run|datasets?|dataset)\s*\.\s*(?:[\w./-]+|"[^"]*"|\x60[^\x60]*\x60)|[A-Za-z_]\w*)`
const COMPARISON = new RegExp(
  String.raw`^[\s(]*(?:not\b[\s(]*)?${FIELD}\s*(?:!=|>=|<=|=|>|<|\b(?:not\s+)?(?:like|ilike|in|regexp|rlike)\s*E?['"(]|\b(?:not\s+)?between\s+-?[\d.]|\bis\s+(?:not\s+)?null\b)`,
  'i',
)

/** Whether `text` begins like a comparison such as `metrics.loss < 0.5` or `status = 'FAILED'`. */
export function isExpression(text: string): boolean {
  return COMPARISON.test(text)
}

const BEGINNING = /^[\s(]*(?:not\b[\s(]*)?(?:(?:min|max|count)\s*\(|(?:metrics?|params?|parameters?|tags?|attributes?|attr|datasets?)\.)/i

/** Whether `text` may become a filter while it is typed, such as `metrics.lo`. */
export function mayBecomeExpression(text: string): boolean {
  return isExpression(text) || BEGINNING.test(text)
}

/** How a search is read: as it looks, or as the reader said. */
export type ReadAs = 'text' | 'filter' | null

const TEXT_DELAY = 250
const FILTER_DELAY = 400

/** Milliseconds without a keystroke before a search is asked for; null for a filter that is not finished. */
export function readyAfter(search: string, as: ReadAs): number | null {
  const filter = as === 'filter' || (as === null && mayBecomeExpression(search))
  if (!filter || search.trim() === '') return TEXT_DELAY
  return completeness(search) === 'unfinished' ? null : FILTER_DELAY
}

/** A search as the server takes it. */
export function searchParameters(search: string, as: ReadAs): { filter: string; search: string } {
  const filter = as === 'filter' || (as === null && isExpression(search))
  return filter ? { filter: search, search: '' } : { filter: '', search: search.trim() }
}

/** The fields of a run that its list can be sorted by, and their names in the order-by language. */
export const SORT_FIELDS: Readonly<Record<string, string>> = {
  name: 'attributes.run_name',
  status: 'attributes.status',
  duration: 'attributes.duration',
  started: 'attributes.start_time',
  user: 'attributes.user_id',
}

/** `metrics."val loss" DESC` for the server; undefined for its own order. */
export function orderBy(sort: Sort | null): string | undefined {
  if (sort === null) return undefined
  const direction = sort.descending ? 'DESC' : 'ASC'
  const field = SORT_FIELDS[sort.by]
  if (field !== undefined) return `${field} ${direction}`
  const match = /^(metrics|params)\.(.+)$/s.exec(sort.by)
  if (match?.[1] === undefined || match[2] === undefined) return undefined
  return `${match[1]}.${quoted(match[2])} ${direction}`
}

function quoted(name: string): string {
  return name.includes('`') ? `"${name}"` : `\`${name}\``
}
