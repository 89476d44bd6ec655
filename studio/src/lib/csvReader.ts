// Rows of a CSV file that comes in pieces.
import Papa from 'papaparse'
import { encodingOf } from './encoding'
import type { Encoding } from './encoding'

/** A row that is longer than this has a quote that nobody closed. */
const LONGEST_ROW = 8_000_000

/** What a decoder puts in place of bytes that mean nothing. */
const UNREADABLE = '\uFFFD'

export class CsvReader {
  /** Known from the first bytes on; null once some of them are no text. */
  encoding: Encoding | null = 'utf-8'
  private decoder: TextDecoder | undefined
  private delimiter: string
  private rest = ''

  constructor(tabs: boolean) {
    this.delimiter = tabs ? '\t' : ''
  }

  /** The rows that end in these bytes; `more` tells whether others follow. */
  feed(bytes: Uint8Array, more: boolean): string[][] {
    if (this.decoder === undefined) {
      this.encoding = encodingOf(bytes, more)
      this.decoder = new TextDecoder(this.encoding ?? 'utf-8')
    }
    const text = this.rest + this.decoder.decode(bytes, { stream: more })
    if (this.encoding === 'utf-8' && text.includes(UNREADABLE)) this.encoding = null
    if (this.delimiter === '') this.delimiter = guessed(text)
    const parser = new Papa.Parser({ delimiter: this.delimiter })
    const { data, meta } = parser.parse(text, 0, more) as Papa.ParseResult<string[]>
    this.rest = more ? text.slice(meta.cursor) : ''
    if (this.rest.length > LONGEST_ROW) throw new Error('A row of this file does not end: a quote may be missing.')
    return data.filter((row) => row.length > 1 || row[0] !== '')
  }
}

/** What separates the names in the first line; a comma if nothing does. */
function guessed(text: string): string {
  const line = (/^.*/.exec(text)?.[0] ?? '').slice(0, 65_536).replace(/"[^"]*"/g, '')
  const counts = [',', ';', '\t', '|'].map((sign) => [sign, line.split(sign).length] as const)
  return counts.reduce((most, each) => (each[1] > most[1] ? each : most))[0]
}
