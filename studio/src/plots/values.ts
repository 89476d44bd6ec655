// Values of a column: parameters are text, and what kind of axis they need follows from all of them.
import { toNumber } from '../lib/format'
import type { Wire } from '../lib/format'

export type Value = number | string | null
export type ColumnType = 'number' | 'time' | 'text'

export interface Column {
  key: string
  label: string
  type: ColumnType
  /** A value for each run. Numbers may be NaN or infinite; null where a run has none. */
  values: readonly Value[]
}

/** How Python writes numbers that JavaScript reads otherwise. */
const SPELLED: Readonly<Record<string, number>> = {
  nan: NaN, inf: Infinity, '+inf': Infinity, '-inf': -Infinity, infinity: Infinity, '+infinity': Infinity, '-infinity': -Infinity,
}
/** What Python's `None` becomes as a parameter. Among numbers it says that there is none. */
const ABSENT = new Set(['', 'none', 'null'])

/** The number that a text spells; undefined for other text. */
export function parseNumber(text: string): number | undefined {
  const plain = text.trim().toLowerCase()
  const spelled = SPELLED[plain]
  if (spelled !== undefined) return spelled
  // Number() also takes hexadecimal figures, which are names more often than numbers.
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(plain) ? Number(plain) : undefined
}

/** A parameter's column: of numbers when all that is there is a number, else of text. */
export function textColumn(key: string, label: string, texts: readonly (string | null)[]): Column {
  const present = texts.filter((text) => text !== null && !ABSENT.has(text.trim().toLowerCase()))
  const numbers = present.length > 0 && present.every((text) => text !== null && parseNumber(text) !== undefined)
  if (!numbers) return { key, label, type: 'text', values: texts }
  return { key, label, type: 'number', values: texts.map((text) => (text === null ? null : (parseNumber(text) ?? null))) }
}

export function numberColumn(key: string, label: string, values: readonly (Wire | null)[]): Column {
  return { key, label, type: 'number', values: values.map((value) => (value === null ? null : toNumber(value))) }
}

/** Different values of a column in the order of an axis: numbers by size, text with numbers in it as one counts. */
export function distinct(values: Iterable<Value>): (number | string)[] {
  const found = new Set<number | string>()
  for (const value of values) if (value !== null) found.add(value)
  return [...found].sort(compareValues)
}

const collator = new Intl.Collator('en', { numeric: true })

export function compareValues(one: number | string, other: number | string): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return collator.compare(String(one), String(other))
}
