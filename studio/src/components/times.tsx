import { formatDuration, formatRelative, formatTime, runDuration } from '../lib/format'
import { isRunning } from '../lib/status'
import { useNow } from '../state/clock'

interface Timed {
  status: string
  start_time: number | null
  end_time: number | null
}

/** How long a run took; counts while it runs. */
export function Duration({ run }: { run: Timed }) {
  const running = isRunning(run.status) && run.end_time === null
  const now = useNow(running)
  const duration = runDuration(run.start_time, run.end_time, now, running)
  if (duration === null) return <span className="muted">–</span>
  // Tenths of a second would flicker.
  const shown = running ? Math.floor(duration / 1000) * 1000 : duration
  return <span>{running && shown === 0 ? '0.0 s' : formatDuration(shown)}</span>
}

/** A time as one says it, with the exact one on hover. */
export function RelativeTime({ time }: { time: number | null }) {
  const now = useNow()
  if (time === null) return <span className="muted">–</span>
  return (
    <time dateTime={new Date(time).toISOString()} title={formatTime(time)}>
      {formatRelative(time, now)}
    </time>
  )
}
