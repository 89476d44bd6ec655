import { Suspense } from 'react'
import { PACES, writePace } from '../lib/pace'
import { useCommands } from '../state/commands'
import { livePace, useLiveStatus, useNewData } from '../state/live'
import { useStored } from '../state/stored'
import { lazyLater } from './lazyLater'

// A menu is a tenth of the first page's code.
const LiveMenu = lazyLater(() => import('./LiveMenu'))

/** Whether and how often the page follows what is logged; a click changes that. */
export function LiveIndicator() {
  const pace = useStored(livePace)
  const { waiting, showNow } = useNewData()
  useCommands([
    pace === null
      ? { id: 'live', label: 'Resume live updates', run: () => livePace.set(writePace(0)) }
      : { id: 'live', label: 'Pause live updates', run: () => livePace.set(writePace(null)) },
  ])
  return (
    <>
      <span role="status">
        {pace === null && waiting && (
          <button type="button" className="live new" title="Show what was logged since, and stay paused" onClick={showNow}>
            New data
          </button>
        )}
      </span>
      <Suspense
        fallback={
          <span className="live">
            <LiveWord />
          </span>
        }
      >
        <LiveMenu />
      </Suspense>
    </>
  )
}

/** A dot and a word. */
export function LiveWord() {
  const status = useLiveStatus()
  const pace = useStored(livePace)
  const { short = 'Live' } = PACES.find((each) => each.pace === pace) ?? {}
  const word = { connecting: 'Connecting', live: short, lost: 'Offline' }[status]
  const dot = { connecting: 'queued', live: pace === null ? 'canceled' : 'completed', lost: 'failed' }[status]
  return (
    <>
      <span className={`dot ${dot}`} aria-hidden />
      {word}
    </>
  )
}
