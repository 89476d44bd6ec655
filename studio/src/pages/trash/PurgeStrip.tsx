import { Button } from '@fluentui/react-components'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { purgeQuery, trashChanged } from '../../api/trash'
import type { PurgeProgress } from '../../api/types'
import { formatCount } from '../../lib/format'
import { purgeDetails, purgeText } from '../../lib/sizes'
import { useNow } from '../../state/clock'
import './trash.css'

/** A result is news for so long. */
const SHOWN_FOR = 600_000

/** How emptying the trash goes, also when somebody else began it, and what came of it. */
export function PurgeStrip() {
  const purge = useQuery(purgeQuery()).data?.purge ?? null
  const [dismissed, dismiss] = useState<number | null>(null)
  useRefreshAtEnd(purge)
  const now = useNow(false)
  if (purge === null || purge.started === dismissed) return null
  if (purge.status !== 'running' && now - (purge.ended ?? purge.started) > SHOWN_FOR) return null
  return <Strip purge={purge} dismiss={() => dismiss(purge.started)} />
}

function useRefreshAtEnd(purge: PurgeProgress | null): void {
  const client = useQueryClient()
  const running = purge?.status === 'running'
  const was = useRef(running)
  useEffect(() => {
    if (was.current && !running) void trashChanged(client)
    was.current = running
  }, [client, running])
}

function Strip({ purge, dismiss }: { purge: PurgeProgress; dismiss: () => void }) {
  const running = purge.status === 'running'
  const done = purge.runs_total === 0 ? 0 : purge.runs_done / purge.runs_total
  const text = purgeText(purge)
  return (
    <div className={purge.status === 'failed' ? 'purge-strip failed' : 'purge-strip'}>
      {/* Read out when it begins and ends, not at each step. */}
      <span role="status" className="visually-hidden">
        {running ? 'The trash is being emptied' : text}
      </span>
      <span aria-hidden title={running ? undefined : purgeDetails(purge).join('\n')}>
        {text}
      </span>
      {running && (
        <progress className="purge-progress" aria-label="Emptying the trash" max={1} {...(purge.phase === 'runs' ? { value: done } : {})} />
      )}
      {!running && purge.kept_total > 0 && (
        <span className="muted" title={purge.kept.map(({ name, reason }) => `${name}: ${reason}`).join('\n')}>
          {formatCount(purge.kept_total)} {purge.kept_total === 1 ? 'stays' : 'stay'} in the trash
        </span>
      )}
      {!running && (
        <Button appearance="subtle" size="small" onClick={dismiss}>
          Dismiss
        </Button>
      )}
    </div>
  )
}
