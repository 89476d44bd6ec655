import { useEffect, useState } from 'react'
import type { FindRequest, FindState } from './find'
import { find } from './find'

export interface FindResult {
  state: FindState | null
  error: Error | null
}

const NOTHING: FindResult = { state: null, error: null }
/** A longer file that grows is searched once; a shorter one again, so that new lines are found. */
const AGAIN_BELOW = 16_000_000

/** What is found in a file; while it is searched again, what was found before. */
export function useFind({ runId, path, text, matchCase, expression, encoding }: FindRequest, size: number): FindResult {
  const [result, setResult] = useState<FindResult & { of: string }>({ ...NOTHING, of: '' })
  const of = JSON.stringify([text, matchCase, expression, encoding])
  const version = size < AGAIN_BELOW ? size : 0
  useEffect(() => {
    if (text === '') return
    const controller = new AbortController()
    const tell = (state: FindState) => {
      if (controller.signal.aborted) return
      // The first count of a repeated search would be less than the last of the one before.
      setResult((before) => (!state.done && before.of === of && before.state?.done === true ? before : { state, error: null, of }))
    }
    find({ runId, path, text, matchCase, expression, encoding }, tell, controller.signal).catch((error: unknown) => {
      if (!controller.signal.aborted) setResult({ state: null, error: error instanceof Error ? error : new Error(String(error)), of })
    })
    return () => controller.abort()
  }, [runId, path, text, matchCase, expression, encoding, version, of])
  return text !== '' && result.of === of ? result : NOTHING
}
