// Tells a filter expression from plain text, and writes the server's order-by language.
import { fieldOf, parseColumn } from './columns'
import type { Column } from './columns'
import type { Sort } from './jobsState'

const FIELD = String.raw`(?:(?:metrics?|params?|parameters?|tags?|attributes?|attr|run|datasets?|dataset)\s*\.\s*(?:[\w./-]+|"[^"]*"|\x60[^\x60]*\x60)|[A-Za-z_]\w*)`
const COMPARISON = new RegExp(
  String.raw`^[\s(]*(?:not\b[\s(]*)?${FIELD}\s*(?:!=|>=|<=|=|>|<|\b(?:not\s+)?(?:like|ilike|in|regexp|rlike)\s*E?['"(]|\bis\s+(?:not\s+)?null\b)`,
  'i',
)

/** Whether `text` begins like a comparison such as `metrics.loss < 0.5` or `status = 'FAILED'`. */
export function isExpression(text: string): boolean {
  return COMPARISON.test(text)
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
