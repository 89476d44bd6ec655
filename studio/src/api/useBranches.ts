// Several lists that are loaded page by page, whose number changes as one opens and closes them.
import { InfiniteQueryObserver, useQueryClient } from '@tanstack/react-query'
import type { DefaultError, InfiniteData, InfiniteQueryObserverOptions, InfiniteQueryObserverResult, QueryClient } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import type { Parameters } from './client'

type Key = readonly [string, Parameters]
type Options<P> = InfiniteQueryObserverOptions<P, DefaultError, InfiniteData<P>, Key, string | undefined>
type Observer<P> = InfiniteQueryObserver<P, DefaultError, InfiniteData<P>, Key, string | undefined>
export type Results<P> = ReadonlyMap<string, InfiniteQueryObserverResult<InfiniteData<P>>>
/** Which lists are wanted, by keys of their own; those below others follow from what these answered. */
export type Wanted<P> = (known: Results<P>) => ReadonlyMap<string, Options<P>>

/** The answers so far. `wanted` must be the same function while it gives the same. */
export function useBranches<P>(wanted: Wanted<P>): Results<P> {
  const client = useQueryClient()
  const [branches] = useState(() => new Branches<P>(client))
  // Before the browser paints, so that what is known already is drawn at once.
  useLayoutEffect(() => branches.want(wanted), [branches, wanted])
  useEffect(() => () => branches.want(NONE), [branches])
  return useSyncExternalStore(branches.subscribe, branches.results)
}

const NONE = () => new Map<string, never>()

class Branches<P> {
  private readonly client: QueryClient
  private readonly observers = new Map<string, { observer: Observer<P>; stop: () => void }>()
  private readonly listeners = new Set<() => void>()
  private known: Results<P> = new Map()
  private wanted: Wanted<P> = NONE
  private observing = false

  constructor(client: QueryClient) {
    this.client = client
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly results = (): Results<P> => this.known

  want(wanted: Wanted<P>): void {
    this.wanted = wanted
    this.observe()
  }

  /** Follow the lists that are wanted by what is known, until that changes neither. */
  private observe(): void {
    // An observer with an answer at hand tells it while it is being made.
    if (this.observing) return
    this.observing = true
    const before = this.known
    do this.follow(this.wanted(this.known))
    while (this.update())
    this.observing = false
    if (this.known !== before) for (const listener of this.listeners) listener()
  }

  private follow(wanted: ReadonlyMap<string, Options<P>>): void {
    for (const [key, { stop }] of this.observers) {
      if (wanted.has(key)) continue
      stop()
      this.observers.delete(key)
    }
    for (const [key, options] of wanted) {
      const present = this.observers.get(key)
      if (present === undefined) {
        const observer: Observer<P> = new InfiniteQueryObserver(this.client, options)
        this.observers.set(key, { observer, stop: observer.subscribe(() => this.observe()) })
      } else present.observer.setOptions(options)
    }
  }

  /** Take what the observers know; whether that is new. */
  private update(): boolean {
    const results = new Map([...this.observers].map(([key, { observer }]) => [key, observer.getCurrentResult()]))
    if (results.size === this.known.size && [...results].every(([key, result]) => this.known.get(key) === result)) return false
    this.known = results
    return true
  }
}
