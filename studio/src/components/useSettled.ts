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
  const waiting = useRef<(() => void) | null>(null)
  useEffect(() => {
    if (present === told.current) return
    const page = location.pathname
    const say = () => {
      waiting.current = null
      told.current = present
      // Another page's address is none of its business.
      if (location.pathname === page) latest.current(present)
    }
    const timer = setTimeout(say, delay)
    waiting.current = say
    return () => clearTimeout(timer)
  }, [present, delay])
  // What is closed at once was moved nevertheless.
  useEffect(() => () => waiting.current?.(), [])
  return [present, setPresent]
}
