// Connects the page to the live stream, and keeps what it shows up to date.
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { requestUrl } from '../api/client'
import { LiveConnection } from '../api/live'
import type { LiveScope, LiveStatus } from '../api/live'
import { refresh } from '../api/refresh'
import { Refresher } from '../api/refresher'
import { readPace } from '../lib/pace'
import { stored, useStored } from './stored'

interface LiveState {
  status: LiveStatus
  /** Something is new that the page does not show. */
  waiting: boolean
  setScope: (scope: LiveScope) => void
  showNow: () => void
}

const LiveContext = createContext<LiveState>({ status: 'connecting', waiting: false, setScope: () => undefined, showNow: () => undefined })

export const livePace = stored('runyard.live', readPace)

export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [scope, setScope] = useState<LiveScope | null>(null)
  const [status, setStatus] = useState<LiveStatus>('connecting')
  const [waiting, setWaiting] = useState(false)
  // One for all pages: what waits while paused is not forgotten on the way to another.
  const [refresher] = useState(() => new Refresher({ refresh: (changes) => refresh(client, changes), onWaiting: setWaiting }))
  const pace = useStored(livePace)
  useEffect(() => refresher.setEvery(pace === null ? null : pace * 1000), [refresher, pace])
  useEffect(() => {
    refresher.start()
    return () => refresher.stop()
  }, [refresher])
  // Compared by text: a page describes the same scope by a new object at each drawing.
  const url = scope === null ? null : requestUrl('/live', { ...scope })
  useEffect(() => {
    if (url === null) return
    const connection = new LiveConnection(url, {
      onStatus: setStatus,
      onChange: (runs) => refresher.add((changes) => changes.add(runs)),
      onModels: (names) => refresher.add((changes) => changes.addModels(names)),
      onMissed: () => refresher.add((changes) => changes.addEverything()),
    })
    return () => {
      connection.close()
      // Of what other pages showed nobody hears any more, so they ask again when they are opened.
      void client.invalidateQueries({ type: 'inactive', refetchType: 'none' })
    }
  }, [client, refresher, url])
  const showNow = useCallback(() => refresher.now(), [refresher])
  const state = useMemo(() => ({ status, waiting, setScope, showNow }), [status, waiting, showNow])
  return <LiveContext value={state}>{children}</LiveContext>
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

/** Whether something is new that the page does not show, and a way to show it. */
export function useNewData(): Pick<LiveState, 'waiting' | 'showNow'> {
  return useContext(LiveContext)
}
