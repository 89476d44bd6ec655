import { useEffect, useState } from 'react'

/** A text once it has not changed for a moment, so that not every letter is asked for. */
export function useDelayed(text: string, delay: number): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), delay)
    return () => clearTimeout(timer)
  }, [text, delay])
  return settled
}
