// Tables that MLflow's `log_table` writes: JSON in pandas' "split" form.

export interface ImageCell {
  type: 'image'
  filepath: string
  compressed_filepath: string
}

export interface LoggedTable {
  columns: string[]
  rows: unknown[][]
  /** Whether cells hold images, which need higher rows. */
  pictures: boolean
}

/** The table, or null when the text is none. */
export function readTable(text: string): LoggedTable | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return null
  }
  if (!isRecord(parsed)) return null
  const { columns, data } = parsed
  if (!Array.isArray(columns) || !Array.isArray(data) || !data.every((row) => Array.isArray(row))) return null
  const rows = data as unknown[][]
  return { columns: columns.map(cellText), rows, pictures: rows[0]?.some(isImageCell) === true }
}

export function isImageCell(cell: unknown): cell is ImageCell {
  return isRecord(cell) && cell['type'] === 'image' && typeof cell['filepath'] === 'string' && typeof cell['compressed_filepath'] === 'string'
}

/** A cell as text: strings as they are, anything else as JSON has it. */
export function cellText(cell: unknown): string {
  if (typeof cell === 'string') return cell
  return cell === null || cell === undefined ? '' : JSON.stringify(cell)
}

/** Rows in which any cell contains the text. */
export function matchingRows(table: LoggedTable, find: string): readonly unknown[][] {
  const wanted = find.trim().toLowerCase()
  if (wanted === '') return table.rows
  return table.rows.filter((row) => row.some((cell) => cellText(cell).toLowerCase().includes(wanted)))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
