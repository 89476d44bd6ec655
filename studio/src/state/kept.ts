// What a page had that its address does not say, for who comes back to it by the browser's back.
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { cameBack, usePath, useSearch } from './location'

/** By address, and there by what it is. */
const kept = new Map<string, unknown>()
/** A list that took longer to come is read from its beginning by now. */
const AWAITED_FOR = 3000

/** Keep what `present` answers when the page is left; answers what was kept when the reader came back, else null. */
export function useKept<T>(name: string, present: () => T): T | null {
  const address = `${name} ${usePath()}${useSearch()}`
  const shown = useRef({ address, present })
  const [before] = useState(() => (cameBack() ? ((kept.get(address) ?? null) as T | null) : null))
  useEffect(() => {
    shown.current = { address, present }
  })
  useLayoutEffect(() => {
    return () => {
      // The address is another one by now; what was shown is not.
      kept.set(shown.current.address, shown.current.present())
    }
  }, [])
  return before
}

/** Keep how far an element is scrolled, and scroll there again once there is enough of it. */
export function useKeptScroll(element: RefObject<HTMLElement | null>): void {
  const top = useKept('scroll', () => element.current?.scrollTop ?? 0) ?? 0
  const awaited = useRef(top === 0 ? 0 : Date.now() + AWAITED_FOR)
  // At each drawing, as rows come.
  useLayoutEffect(() => {
    const { current } = element
    if (awaited.current === 0 || current === null) return
    if (Date.now() > awaited.current) awaited.current = 0
    else if (current.scrollHeight - current.clientHeight >= top) {
      awaited.current = 0
      current.scrollTop = top
    }
  })
}
