// How much of a Parquet file a page may read.
import type { FileMetaData } from 'hyparquet'

/** A column of a row group is read whole where the file has no index of its pages. */
export const MOST_READ = 64_000_000

/** The first columns whose parts in the row groups of these rows can be read at once; at least one. */
export function fittingColumns(names: readonly string[], { row_groups: groups }: Pick<FileMetaData, 'row_groups'>, from: number, to: number): string[] {
  const sizes = new Map<string, number>()
  let start = 0
  for (const { columns, num_rows: rows } of groups) {
    const end = start + Number(rows)
    if (start < to && end > from) {
      for (const { meta_data: column } of columns) {
        const name = column?.path_in_schema[0]
        if (column !== undefined && name !== undefined) sizes.set(name, (sizes.get(name) ?? 0) + Number(column.total_compressed_size))
      }
    }
    start = end
  }
  let sum = 0
  return names.filter((name, index) => {
    sum += sizes.get(name) ?? 0
    return index === 0 || sum <= MOST_READ
  })
}
