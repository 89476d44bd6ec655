// Searches a whole file: for text on the server, for a regular expression in a worker.
import { ApiError, getJson, requestUrl } from '../../../../api/client'
import { runPath } from '../../../../api/queries'
import type { LinesFound } from '../../../../api/types'
import type { Encoding } from '../../../../lib/encoding'
import type { FoundLines } from '../../../../lib/lineSearch'
import { MOST_FOUND, readExpression } from '../../../../lib/lineSearch'
import { literally } from '../../../../lib/patterns'
import { artifactUrl } from '../../../../lib/preview'
import type { FindAnswer, FindTask } from './findWorker'

export interface FindRequest {
  runId: string
  path: string
  text: string
  matchCase: boolean
  expression: boolean
  encoding: Encoding
}

export interface FindState {
  found: FoundLines
  /** Bytes that were searched. */
  searched: number
  done: boolean
}

/** A piece of 256 kB that takes longer is an expression that never ends. */
const MOST_SECONDS = 3
/** How often a search begins in a file that is written anew all the time. */
const MOST_BEGUN = 4

/** Tell what is found as it is found; the signal ends it. */
export async function find(wanted: FindRequest, tell: (state: FindState) => void, signal: AbortSignal): Promise<void> {
  // The server compares bytes, so it finds text in UTF-8 alone.
  if (wanted.expression || wanted.encoding !== 'utf-8') await findExpression(wanted, tell, signal)
  else await findText(wanted, tell, signal)
}

async function findText({ runId, path, text, matchCase }: FindRequest, tell: (state: FindState) => void, signal: AbortSignal) {
  let lines: number[] = []
  let count = 0
  let token: string | undefined
  for (let begun = 1; ; ) {
    const asked = { path, text, case: matchCase ? 'true' : undefined, limit: MOST_FOUND - lines.length, page_token: token }
    try {
      const part = await getJson<LinesFound>(requestUrl(`${runPath(runId)}/artifact-search`, asked), signal)
      lines = [...lines, ...part.lines]
      count += part.count
      token = part.next_page_token ?? undefined
      tell({ found: { lines, spans: new Map(), count }, searched: part.searched, done: token === undefined })
      if (token === undefined) return
    } catch (error) {
      // The file was written anew meanwhile: what was found in the old one counts for nothing.
      const replaced = error instanceof ApiError && error.status === 400 && token !== undefined
      if (!replaced || begun === MOST_BEGUN) throw error
      begun += 1
      lines = []
      count = 0
      token = undefined
    }
  }
}

function findExpression(wanted: FindRequest, tell: (state: FindState) => void, signal: AbortSignal): Promise<void> {
  const expression = readExpression(wanted.expression ? wanted.text : literally(wanted.text), wanted.matchCase)
  if (typeof expression === 'string') return Promise.reject(new ApiError(400, '', expression))
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./findWorker.ts', import.meta.url), { type: 'module' })
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = (settle: () => void) => {
      clearTimeout(timer)
      worker.terminate()
      settle()
    }
    signal.addEventListener('abort', () => end(resolve))
    worker.onerror = ({ message }) => end(() => reject(new Error(message)))
    worker.onmessage = ({ data }: MessageEvent<FindAnswer>) => {
      clearTimeout(timer)
      if (data.kind === 'failed') end(() => reject(new Error(data.message)))
      else if (data.kind === 'busy') {
        timer = setTimeout(() => end(() => reject(new Error('This expression takes too long; a simpler one may do.'))), MOST_SECONDS * 1000)
      } else if (data.kind === 'found') {
        tell({ found: data.found, searched: data.bytes, done: data.done })
        if (data.done) end(resolve)
      }
    }
    const task: FindTask = { url: artifactUrl(wanted.runId, wanted.path), source: expression.source, flags: expression.flags, encoding: wanted.encoding }
    worker.postMessage(task)
  })
}
