import { lazy, useState } from 'react'
import type { ComponentType, ReactNode } from 'react'

/** A component whose code is loaded apart, and can be loaded before it is drawn. */
export interface Preloadable<P> {
  (props: P): ReactNode
  preload: () => Promise<unknown>
}

/**
 * As React's `lazy`, but what was loaded before is drawn at once.
 *
 * `lazy` suspends the first time that it is drawn even so, and whatever suspends is replaced by its fallback for
 * 300 ms at least, as React throttles fallbacks against flicker.
 */
export function preloadable<P extends object>(load: () => Promise<{ default: ComponentType<P> }>): Preloadable<P> {
  let loaded: ComponentType<P> | undefined
  const once = async () => {
    const code = await load()
    loaded = code.default
    return code
  }
  const Later = lazy(once)
  function Shown(props: P) {
    // The same until it leaves the page: another type of component would begin with a state of its own.
    const [Code] = useState<ComponentType<P>>(() => loaded ?? Later)
    return <Code {...props} />
  }
  return Object.assign(Shown, { preload: once })
}
