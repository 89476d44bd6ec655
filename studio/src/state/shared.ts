import { useRef } from 'react'
import { sharing } from '../lib/sharing'

/** A state whose unchanged parts are those of the drawing before. */
export function useShared<T extends object>(next: T): T {
  const previous = useRef<T | null>(null)
  previous.current = sharing(previous.current, next)
  return previous.current
}
