import { useEffect, useState } from 'react'
import { useLiveStatus } from '../state/live'

const SAY_BACK_FOR = 2500

/** Tells that the server is gone, and for a moment that it is back. It stands below the page: there it covers and moves nothing. */
export function ConnectionBar() {
  const status = useLiveStatus()
  const [wasLost, setWasLost] = useState(false)
  useEffect(() => {
    if (status === 'lost') setWasLost(true)
    if (status !== 'live' || !wasLost) return
    const timer = setTimeout(() => setWasLost(false), SAY_BACK_FOR)
    return () => clearTimeout(timer)
  }, [status, wasLost])
  return (
    <div role="status">
      {status === 'lost' && (
        <div className="connection">
          <span className="dot failed" aria-hidden />
          No connection to the server. What you see may be out of date; trying again…
        </div>
      )}
      {status === 'live' && wasLost && <div className="connection back">Connected again</div>}
    </div>
  )
}
