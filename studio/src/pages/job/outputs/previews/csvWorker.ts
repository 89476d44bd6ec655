// Reads a CSV file piece by piece.
import { answerCalls } from '../../../../lib/workerCalls'
import { CsvReader } from '../../../../lib/csvReader'
import type { Encoding } from '../../../../lib/encoding'

export interface CsvTask {
  url: string
  size: number
  tabs: boolean
}

export interface CsvPart {
  rows: string[][]
  /** Bytes that were read so far. */
  bytes: number
  done: boolean
  encoding: Encoding | null
}

const PIECE = 1024 * 1024
let reader: { csv: CsvReader; at: number } | undefined

// Each question asks for the following rows of the one file of this worker.
answerCalls(async ({ url, size, tabs }: CsvTask): Promise<CsvPart> => {
  reader ??= { csv: new CsvReader(tabs), at: 0 }
  const rows: string[][] = []
  while (rows.length === 0 && reader.at < size) {
    const end = Math.min(size, reader.at + PIECE)
    const response = await fetch(url, { headers: { range: `bytes=${reader.at}-${end - 1}` } })
    if (!response.ok) throw new Error(`The server answered ${response.status}.`)
    rows.push(...reader.csv.feed(new Uint8Array(await response.arrayBuffer()), end < size))
    reader.at = end
  }
  return { rows, bytes: reader.at, done: reader.at >= size, encoding: reader.csv.encoding }
})
