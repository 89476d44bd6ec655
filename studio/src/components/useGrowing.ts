import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

/** Rows that a list draws at first, and further ones whenever its end comes into sight. */
const STEP = 100

/** How many of a list's rows are drawn: more as one scrolls on to the element that stands after the last one. */
export function useGrowing(total: number): { count: number; end: RefObject<HTMLDivElement | null> } {
  const [count, setCount] = useState(STEP)
  const end = useRef<HTMLDivElement>(null)
  const whole = count >= total
  useEffect(() => {
    if (end.current === null || whole) return
    // Made anew for each step: an end that stays in sight would not be told of again.
    const watch = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setCount(count + STEP)
    })
    watch.observe(end.current)
    return () => watch.disconnect()
  }, [count, whole])
  return { count: Math.min(count, total), end }
}
