import { useEffect, useState } from 'react'
import type { RefObject } from 'react'
import type { Place } from '../api/types'
import { unitOffset } from '../lib/text'

interface FilterMarkProps {
  text: string
  place: Place
  field: RefObject<HTMLInputElement | null>
}

/** Underlines what is wrong: it lies under the field with the same text, and scrolls with it. */
export function FilterMark({ text, place, field }: FilterMarkProps) {
  const [scrolled, setScrolled] = useState(0)
  useEffect(() => {
    const input = field.current
    if (input === null) return
    const follow = () => setScrolled(input.scrollLeft)
    follow()
    input.addEventListener('scroll', follow)
    return () => input.removeEventListener('scroll', follow)
  }, [field, text])
  const start = unitOffset(text, place.position)
  const end = unitOffset(text, place.position + place.length)
  return (
    <span className="filter-mark" aria-hidden>
      <span style={{ transform: `translateX(${-scrolled}px)` }}>
        {text.slice(0, start)}
        {/* Where something is missing, there is nothing to underline but the place. */}
        <mark>{end > start ? text.slice(start, end) : '\u2002'}</mark>
      </span>
    </span>
  )
}
