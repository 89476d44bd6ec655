// One clock for everything that counts seconds on screen.
import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

const never = () => () => undefined

/** The present time, refreshed each second while `running`; text that stands still needs no ticks. */
export function useNow(running = true): number {
  return useSyncExternalStore(running ? subscribe : never, () => {
    // Before the first tick of a sleeping clock its time is old.
    if (timer === undefined && Date.now() - now > 1000) now = Date.now()
    return now
  })
}
