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

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$|^-?(nan|inf(inity)?)$/i

/** Whether a text is a number as programs write it. */
export function isFigure(text: string): boolean {
  return NUMBER.test(text)
}

/**
 * Rows as a table: the first has the names, unless all of it are numbers, as `numpy.savetxt` writes them; then columns are
 * numbered. Columns that only longer rows have are without a name.
 */
export function namedTable(rows: readonly string[][]): TableData {
  const [first = [], ...body] = rows
  const isNamed = !first.every((text) => NUMBER.test(text.trim()))
  return withRows({ columns: isNamed ? first : first.map((_, index) => String(index)), rows: [] }, isNamed ? body : rows)
}

/** A table and more rows of it. */
export function withRows(table: TableData, rows: readonly (string | null)[][]): TableData {
  const width = rows.reduce((most, row) => Math.max(most, row.length), table.columns.length)
  const columns = Array.from({ length: width }, (_, index) => table.columns[index] ?? '')
  return { columns, rows: [...table.rows, ...rows] }
}

/** Columns of which all values that were seen are numbers: their figures stand in line. */
export function numericColumns({ columns, rows }: TableData): boolean[] {
  const sample = rows.slice(0, 50)
  return columns.map((_, index) => {
    const values = sample.map((row) => row[index] ?? '').filter((text) => text !== '')
    return values.length > 0 && values.every((text) => NUMBER.test(text))
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
