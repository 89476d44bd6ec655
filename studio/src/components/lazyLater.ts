import { lazy } from 'react'
import type { ComponentType } from 'react'

/** Milliseconds after which a page that is never idle gets the code all the same. */
const LATEST = 1000

/** Code that is wanted at once but not first: it is loaded when the page has been drawn without it. */
export function lazyLater<P>(load: () => Promise<{ default: ComponentType<P> }>) {
  return lazy(() => idle().then(load))
}

function idle(): Promise<unknown> {
  // Safari does not tell of idle times.
  if (typeof requestIdleCallback !== 'function') return new Promise((resolve) => setTimeout(resolve, LATEST / 4))
  return new Promise((resolve) => requestIdleCallback(resolve, { timeout: LATEST }))
}
