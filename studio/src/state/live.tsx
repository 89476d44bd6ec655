// Connects the page to the live stream, and keeps what it shows up to date.
import { useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { requestUrl } from '../api/client'
import { Changes } from '../api/invalidate'
import { refresh } from '../api/refresh'
import { LiveConnection } from '../api/live'
import type { LiveScope, LiveStatus } from '../api/live'

interface LiveState {
  status: LiveStatus
  setScope: (scope: LiveScope) => void
}

const LiveContext = createContext<LiveState>({ status: 'connecting', setScope: () => undefined })

/** Least time between two refreshes of what is on screen. */
const REFRESH_EVERY = 400
const LONGEST_REST = 5000

export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [scope, setScope] = useState<LiveScope | null>(null)
  const [status, setStatus] = useState<LiveStatus>('connecting')
  // Compared by text: a page describes the same scope by a new object at each drawing.
  const url = scope === null ? null : requestUrl('/live', { ...scope })
  useEffect(() => {
    if (url === null) return
    const refresher = new Refresher(client)
    const connection = new LiveConnection(url, {
      onStatus: setStatus,
      onChange: (runs) => refresher.add((changes) => changes.add(runs)),
      onModels: (names) => refresher.add((changes) => changes.addModels(names)),
      onMissed: () => refresher.add((changes) => changes.addEverything()),
    })
    return () => {
      connection.close()
      refresher.stop()
    }
  }, [client, url])
  return <LiveContext value={{ status, setScope }}>{children}</LiveContext>
}

/** Say what the page shows, so that the stream tells of no more. */
export function useLiveScope(scope: LiveScope): void {
  const { setScope } = useContext(LiveContext)
  const text = JSON.stringify(scope)
  useEffect(() => setScope(JSON.parse(text) as LiveScope), [setScope, text])
}

export function useLiveStatus(): LiveStatus {
  return useContext(LiveContext).status
}

/** Refreshes stale answers, one round after the other: a fast run can't make requests pile up. */
class Refresher {
  private readonly client: QueryClient
  private changes = new Changes()
  private busy = false
  private stopped = false

  constructor(client: QueryClient) {
    this.client = client
  }

  add(note: (changes: Changes) => void): void {
    note(this.changes)
    if (!this.busy) void this.run()
  }

  stop(): void {
    this.stopped = true
  }

  private async run(): Promise<void> {
    this.busy = true
    while (!this.changes.empty && !this.stopped) {
      const changes = this.changes
      this.changes = new Changes()
      const began = performance.now()
      await refresh(this.client, changes)
      // What takes the server long, as figures of large groups, keeps it busy for half of the time at most.
      const rest = Math.max(REFRESH_EVERY, Math.min(performance.now() - began, LONGEST_REST))
      await new Promise((resolve) => setTimeout(resolve, rest))
    }
    this.busy = false
  }
}
