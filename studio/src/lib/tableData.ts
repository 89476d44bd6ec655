// Cells of tables of any origin, as text.

export interface TableData {
  columns: string[]
  /** Null where there is no value. */
  rows: (string | null)[][]
}

const LONGEST = 1_000

/** What stands for a value of a Parquet file. */
export function cellText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString().replace('T', ' ').replace(/(\.000)?Z$/, '')
  if (value instanceof Uint8Array) return `${value.length.toLocaleString('en-US')} bytes`
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  const text = JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? each.toString() : each))
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** Columns of which all values that were seen are numbers: their figures stand in line. */
export function numericColumns({ columns, rows }: TableData): boolean[] {
  const sample = rows.slice(0, 50)
  return columns.map((_, index) => {
    const values = sample.map((row) => row[index] ?? '').filter((text) => text !== '')
    return values.length > 0 && values.every((text) => /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$|^-?(nan|inf(inity)?)$/i.test(text))
  })
}

/** Widths in characters that fit names and most of the first values. */
export function columnWidths({ columns, rows }: TableData): number[] {
  const sample = rows.slice(0, 50)
  return columns.map((name, index) => {
    const longest = sample.reduce((most, row) => Math.max(most, (row[index] ?? '').length), name.length)
    return Math.min(40, Math.max(6, longest)) + 3
  })
}
