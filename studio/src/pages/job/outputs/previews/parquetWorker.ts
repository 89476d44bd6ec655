// Reads pages of a Parquet file: its footer, and of the row groups what a page needs.
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import type { AsyncBuffer, FileMetaData } from 'hyparquet'
import { decompressBrotli, decompressGzip, decompressLz4, decompressLz4Raw, decompressZstd } from 'hyparquet-compressors'
import { fittingColumns } from '../../../../lib/parquet'
import { cellText } from '../../../../lib/tableData'
import type { TableData } from '../../../../lib/tableData'
import { answerCalls } from '../../../../lib/workerCalls'

export interface ParquetTask {
  url: string
  size: number
  from: number
  to: number
}

export interface ParquetPage extends TableData {
  /** Rows of the whole file. */
  total: number
  allColumns: number
}

// Snappy is hyparquet's own: the other package's is WebAssembly, which the studio's policy does not let run.
const compressors = {
  GZIP: decompressGzip, BROTLI: decompressBrotli, ZSTD: (input: Uint8Array) => decompressZstd(input), LZ4: decompressLz4, LZ4_RAW: decompressLz4Raw,
}
let known: { file: AsyncBuffer; metadata: FileMetaData } | undefined

// A worker has one file.
answerCalls(async ({ url, size, from, to }: ParquetTask): Promise<ParquetPage> => {
  known ??= await opened(url, size)
  const { file, metadata } = known
  const total = Number(metadata.num_rows)
  const rowEnd = Math.min(total, to)
  const names = metadata.schema.length === 0 ? [] : topColumns(metadata)
  const columns = fittingColumns(names, metadata, from, rowEnd)
  const objects = rowEnd <= from ? [] : await parquetReadObjects({ file, metadata, columns, rowStart: from, rowEnd, compressors, useOffsetIndex: true })
  const rows = objects.map((row) => columns.map((name) => cellText(row[name])))
  return { columns, rows, total, allColumns: names.length }
})

async function opened(url: string, size: number) {
  const file = {
    byteLength: size,
    slice: async (start: number, end = size) => {
      const response = await fetch(url, { headers: { range: `bytes=${start}-${end - 1}` } })
      if (!response.ok) throw new Error(`The server answered ${response.status}.`)
      return response.arrayBuffer()
    },
  }
  return { file, metadata: await parquetMetadataAsync(file) }
}

/** The names of the columns of the table, of which nested ones have others in them. */
function topColumns(metadata: FileMetaData): string[] {
  const groups = metadata.row_groups[0]?.columns ?? []
  const named = groups.flatMap(({ meta_data }) => meta_data?.path_in_schema[0] ?? [])
  return named.length > 0 ? [...new Set(named)] : metadata.schema.slice(1).map(({ name }) => name)
}
