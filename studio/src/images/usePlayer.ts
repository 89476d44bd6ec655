import { useEffect, useState } from 'react'

interface Played {
  /** How many images there are, and which one is shown. */
  count: number
  index: number
  move: (index: number) => void
  /** Whether the shown one is drawn: the next comes no earlier, so a slow network skips none. */
  ready: boolean
  /** Images a second. */
  speed: number
}

export interface Player {
  playing: boolean
  toggle: () => void
}

/** Plays images to the last one; from there it begins again. */
export function usePlayer({ count, index, move, ready, speed }: Played): Player {
  const [playing, setPlaying] = useState(false)
  useEffect(() => {
    if (!playing || !ready) return
    if (index >= count - 1) {
      setPlaying(false)
      return
    }
    const timer = setTimeout(() => move(index + 1), 1000 / speed)
    return () => clearTimeout(timer)
  }, [playing, ready, index, count, move, speed])
  const toggle = () => {
    if (!playing && index >= count - 1) move(0)
    setPlaying(!playing)
  }
  return { playing, toggle }
}
