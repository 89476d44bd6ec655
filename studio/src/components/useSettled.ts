import { useEffect, useRef, useState } from 'react'

/** A value that follows the hand at once, and that others are told when it rests: an address must not change so often. */
export function useSettled<T>(value: T, tell: (value: T) => void, delay = 150): [T, (next: T) => void] {
  const [present, setPresent] = useState(value)
  const told = useRef(value)
  const latest = useRef(tell)
  latest.current = tell
  // Follow changes from outside (back button), but not the echo of one's own.
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    setPresent(value)
  }, [value])
  useEffect(() => {
    if (present === told.current) return
    const timer = setTimeout(() => {
      told.current = present
      latest.current(present)
    }, delay)
    return () => clearTimeout(timer)
  }, [present, delay])
  return [present, setPresent]
}
