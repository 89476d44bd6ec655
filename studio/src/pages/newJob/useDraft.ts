import { useEffect, useRef, useState } from 'react'

/**
 * What is being typed, which a file may keep in other words: a field shows it until the file says something else by itself.
 *
 * `kept` tells what the file holds of a draft, in the words of `present`.
 */
export function useDraft<T>(present: T, kept: (draft: T) => string): [T, (draft: T) => void] {
  const [draft, setDraft] = useState(present)
  const keptOf = useRef(kept)
  keptOf.current = kept
  const latest = useRef(present)
  latest.current = present
  const key = kept(present)
  useEffect(() => {
    setDraft((typed) => (keptOf.current(typed) === key ? typed : latest.current))
  }, [key])
  return [draft, setDraft]
}
