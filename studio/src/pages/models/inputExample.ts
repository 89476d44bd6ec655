// Turns an example of a model's input into a table, if it is one.
import type { InputExample } from '../../api/types'

export interface ExampleTable {
  columns: string[]
  rows: string[][]
}

export type ShownExample = { kind: 'table'; table: ExampleTable } | { kind: 'text'; text: string }

/** Rows and columns beyond these are a download away. */
export const MOST_ROWS = 100
export const MOST_COLUMNS = 100

/** A table for data frames, matrices and lists of equal records, else the text, indented when it is JSON. */
export function shownExample({ text }: InputExample): ShownExample | null {
  if (text === null) return null
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return { kind: 'text', text }
  }
  const table = splitTable(parsed) ?? arrayTable(parsed) ?? recordTable(parsed)
  return table === null ? { kind: 'text', text: JSON.stringify(parsed, null, 2) } : { kind: 'table', table }
}

/** `{"columns": […], "data": [[…]]}`, as pandas writes it. */
function splitTable(value: unknown): ExampleTable | null {
  if (!isRecord(value) || !Array.isArray(value['data'])) return null
  const data: unknown[] = value['data']
  if (data.length === 0 || !data.every(Array.isArray)) return null
  const rows = data as unknown[][]
  const given = Array.isArray(value['columns']) ? (value['columns'] as unknown[]).map(cell) : null
  const columns = given ?? (rows[0] ?? []).map((_, index) => String(index))
  return rows.every((row) => row.length === columns.length) ? { columns, rows: rows.map((row) => row.map(cell)) } : null
}

/** `[[1, 2], [3, 4]]`, as an array of two dimensions is written; deeper ones are no table. */
function arrayTable(value: unknown): ExampleTable | null {
  if (!Array.isArray(value) || !value.every((row) => Array.isArray(row) && !row.some((each) => typeof each === 'object'))) return null
  return splitTable({ data: value })
}

/** `[{"a": 1}, {"a": 2}]` */
function recordTable(value: unknown): ExampleTable | null {
  if (!Array.isArray(value) || value.length === 0 || !value.every(isRecord)) return null
  const columns = [...new Set(value.flatMap(Object.keys))]
  if (columns.length === 0) return null
  return { columns, rows: value.map((record) => columns.map((name) => (name in record ? cell(record[name]) : ''))) }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function cell(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
