// Tells a filter expression from plain text, and writes the server's order-by language.
import { fieldOf, parseColumn } from './columns'
import type { Column } from './columns'
import { completeness } from './filterTokens'
import type { Sort } from './jobsState'

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

/** `metrics."val loss" DESC` for the server; undefined for its own order. */
export function orderBy(sort: Sort | null): string | undefined {
  const column = sort === null ? undefined : parseColumn(sort.by)
  const field = column === undefined ? undefined : fieldOf(column)
  return field === undefined ? undefined : `${field} ${sort?.descending === true ? 'DESC' : 'ASC'}`
}

/** The filter of runs that match one and have this value, or none (null), under a column that groups them. */
export function withinGroup(filter: string, by: Column, value: string | null): string {
  const field = fieldOf(by) ?? ''
  const inGroup = value === null ? `${field} IS NULL` : `${field} = E'${value.replace(/[\\']/g, '\\$&')}'`
  return filter.trim() === '' ? inGroup : `(${filter}) AND ${inGroup}`
}
