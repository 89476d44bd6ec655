// The rows of a JSON document as a tree, of which parts are closed.
import { exactNumber } from './exactJson'

export interface JsonRow {
  /** Where it is: keys and numbers from the root, joined. */
  id: string
  level: number
  /** Its key in an object or number in a list; null for the root. */
  name: string | null
  /** What stands for it in one line. */
  text: string
  kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' | 'more'
  /** Whether it can be opened, and is. */
  open: boolean | null
}

/** Of a long list or a large object so many children are shown, and so many more when asked. */
export const CHILDREN = 500
const LONGEST = 2_000
const SEPARATOR = '\u0000'

/** Rows that are seen. `toggled` holds those that are not as they were at first: the root and small children are open. */
export function jsonRows(value: unknown, toggled: ReadonlySet<string>, shown: ReadonlyMap<string, number>): JsonRow[] {
  const rows: JsonRow[] = []
  const visit = (each: unknown, id: string, name: string | null, level: number) => {
    const children = childrenOf(each)
    if (children === null) {
      rows.push({ id, level, name, text: scalar(each), kind: kindOf(each), open: null })
      return
    }
    const number = Array.isArray(each) ? each.length : Object.keys(each as object).length
    const open = number > 0 && (level === 0 || (level === 1 && number <= 20)) !== toggled.has(id)
    rows.push({ id, level, name, text: summary(each, number), kind: kindOf(each), open: number === 0 ? null : open })
    if (!open) return
    const limit = shown.get(id) ?? CHILDREN
    let index = 0
    for (const [key, child] of children) {
      if (index === limit) break
      visit(child, `${id}${SEPARATOR}${key}`, key, level + 1)
      index += 1
    }
    if (number > limit) {
      const text = `${(number - limit).toLocaleString('en-US')} more`
      rows.push({ id, level: level + 1, name: null, text, kind: 'more', open: null })
    }
  }
  visit(value, '', null, 0)
  return rows
}

function childrenOf(value: unknown): Iterable<[string, unknown]> | null {
  if (Array.isArray(value)) return numbered(value)
  return typeof value === 'object' && value !== null ? Object.entries(value) : null
}

/** One after the other: of a million children a few are looked at. */
function* numbered(list: readonly unknown[]): Iterable<[string, unknown]> {
  for (let index = 0; index < list.length; index += 1) yield [String(index), list[index]]
}

function kindOf(value: unknown): JsonRow['kind'] {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (exactNumber(value) !== undefined) return 'number'
  const kind = typeof value
  return kind === 'string' || kind === 'number' || kind === 'boolean' ? kind : 'object'
}

function scalar(value: unknown): string {
  const text = exactNumber(value) ?? JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

function summary(value: unknown, number: number): string {
  if (number === 0) return Array.isArray(value) ? '[]' : '{}'
  return Array.isArray(value) ? `[${number.toLocaleString('en-US')}]` : `{${number.toLocaleString('en-US')}}`
}
