// What this browser remembers: values in its storage, the same in all its tabs.
import { useSyncExternalStore } from 'react'

const CHANGED = 'runyard:stored'

export interface Stored<T> {
  get: () => T
  /** Keep what `read` makes the value of. */
  set: (value: unknown) => void
  subscribe: (listener: () => void) => () => void
}

/** A value under a key; `read` makes one of whatever is stored there, or of null. */
export function stored<T>(key: string, read: (value: unknown) => T): Stored<T> {
  let text: string | null | undefined
  let value = read(null)
  const get = (): T => {
    const present = fromStorage(key)
    if (present !== text) {
      text = present
      value = read(parse(present))
    }
    return value
  }
  const set = (next: unknown): void => {
    try {
      localStorage.setItem(key, JSON.stringify(next))
    } catch {
      // No room, or storage is forbidden: then it is remembered until the page is left.
      text = fromStorage(key)
      value = read(next)
    }
    dispatchEvent(new Event(CHANGED))
  }
  const subscribe = (listener: () => void): (() => void) => {
    addEventListener('storage', listener)
    addEventListener(CHANGED, listener)
    return () => {
      removeEventListener('storage', listener)
      removeEventListener(CHANGED, listener)
    }
  }
  return { get, set, subscribe }
}

export function useStored<T>({ get, subscribe }: Stored<T>): T {
  return useSyncExternalStore(subscribe, get)
}

function fromStorage(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}
