// Runs a regular expression over a file, piece by piece, where it can block nobody: see useFind.
import type { Encoding } from '../../../../lib/encoding'
import { LineSearch } from '../../../../lib/lineSearch'
import type { FoundLines } from '../../../../lib/lineSearch'

export interface FindTask {
  url: string
  source: string
  flags: string
  encoding: Encoding
}

/** `busy` comes before each piece and an answer after it, so that a piece without one is known to take too long. */
export type FindAnswer =
  | { kind: 'busy' | 'idle' }
  | { kind: 'found'; found: FoundLines; bytes: number; done: boolean }
  | { kind: 'failed'; message: string }

const PIECE = 256 * 1024
/** Milliseconds between two reports of what was found, which are copied to the page. */
const TELL_EVERY = 250

onmessage = ({ data }: MessageEvent<FindTask>) => {
  search(data).catch((error: unknown) => tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }))
}

function tell(answer: FindAnswer): void {
  postMessage(answer)
}

async function search({ url, source, flags, encoding }: FindTask): Promise<void> {
  const response = await fetch(url)
  if (!response.ok || response.body === null) throw new Error(`The server answered ${response.status}.`)
  const lines = new LineSearch(new RegExp(source, flags))
  const decoder = new TextDecoder(encoding)
  const reader = response.body.getReader()
  let bytes = 0
  let told = performance.now()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    for (let at = 0; at < part.value.length; at += PIECE) {
      const piece = part.value.subarray(at, at + PIECE)
      tell({ kind: 'busy' })
      lines.feed(decoder.decode(piece, { stream: true }), true)
      bytes += piece.length
      if (performance.now() - told < TELL_EVERY) {
        tell({ kind: 'idle' })
        continue
      }
      told = performance.now()
      tell({ kind: 'found', found: lines.found, bytes, done: false })
    }
  }
  tell({ kind: 'busy' })
  lines.feed(decoder.decode(), false)
  tell({ kind: 'found', found: lines.found, bytes, done: true })
}
