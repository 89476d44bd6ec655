import { lazy } from 'react'
import type { ComponentType } from 'react'
import { idle } from '../lib/idle'

/** Code that is wanted at once but not first: it is loaded when the page has been drawn without it. */
export function lazyLater<P>(load: () => Promise<{ default: ComponentType<P> }>) {
  return lazy(() => idle().then(load))
}
