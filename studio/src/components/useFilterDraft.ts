import { useCallback, useEffect, useRef, useState } from 'react'
import { readyAfter } from '../lib/filter'
import type { ReadAs } from '../lib/filter'

export interface Draft {
  text: string
  as: ReadAs
}

interface DraftState {
  draft: Draft
  setDraft: (draft: Draft) => void
  /** Ask for what stands there, finished or not. */
  apply: () => void
}

/** A search while it is typed: text is asked for after a pause, a filter when it is whole or the reader says so. */
export function useFilterDraft(asked: Draft, onChange: (draft: Draft) => void): DraftState {
  const { text, as } = asked
  const [draft, setDraft] = useState(asked)
  const told = useRef(asked)
  const latest = useRef(onChange)
  latest.current = onChange
  // Follow changes from outside (back button, "clear filter"), but not the echo of one's own typing.
  useEffect(() => {
    if (same({ text, as }, told.current)) return
    told.current = { text, as }
    setDraft(told.current)
  }, [text, as])
  const tell = useCallback((wanted: Draft) => {
    if (same(wanted, told.current)) return
    // Nothing is read in no way in particular.
    told.current = wanted.text === '' ? { text: '', as: null } : wanted
    latest.current(told.current)
  }, [])
  useEffect(() => {
    const delay = readyAfter(draft.text, draft.as)
    if (delay === null) return
    const timer = setTimeout(() => tell(draft), delay)
    return () => clearTimeout(timer)
  }, [draft, tell])
  return { draft, setDraft, apply: () => tell(draft) }
}

function same(one: Draft, other: Draft): boolean {
  return one.text === other.text && (one.as === other.as || one.text === '')
}
