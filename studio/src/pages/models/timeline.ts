// Places what each alias named when on a line of time.
import type { AliasPeriod } from '../../api/types'

export interface Span {
  version: string
  /** Null: since before it was written down. */
  start: number | null
  /** Null: it still does. */
  end: number | null
  /** Percent of the line's width. */
  left: number
  width: number
}

export interface Lane {
  alias: string
  /** The version that it names now. */
  holds: string | null
  spans: Span[]
}

export interface Timeline {
  from: number
  to: number
  lanes: Lane[]
}

/**
 * One lane per alias: those that name a version now before those that do not, by name. The line reaches from the
 * first change, or from `created` where a start is unknown, to `now`.
 */
export function timeline(history: readonly AliasPeriod[], created: number, now: number): Timeline {
  const starts = history.map(({ start }) => start ?? created)
  const from = Math.min(now, ...starts)
  // A line needs a length, also in the moment of the first change.
  const to = Math.max(now, from + 1)
  const place = (time: number) => (100 * (Math.min(Math.max(time, from), to) - from)) / (to - from)
  const lanes = new Map<string, Lane>()
  for (const { alias, version, start, end } of history) {
    const lane = lanes.get(alias) ?? { alias, holds: null, spans: [] }
    const left = place(start ?? from)
    lane.spans.push({ version, start, end, left, width: place(end ?? to) - left })
    if (end === null) lane.holds = version
    lanes.set(alias, lane)
  }
  const ordered = [...lanes.values()].sort(
    (one, other) => Number(one.holds === null) - Number(other.holds === null) || one.alias.localeCompare(other.alias),
  )
  return { from, to, lanes: ordered }
}

export interface Tick {
  /** Milliseconds since 1970, and the step between ticks, for the text. */
  time: number
  step: number
  left: number
}

const SECOND = 1000
const DAY = 86_400 * SECOND
const STEPS = [
  ...[1, 5, 15, 30, 60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600].map((seconds) => seconds * SECOND),
  ...[1, 2, 7, 14, 30, 90, 180, 365, 730, 1825, 3650].map((days) => days * DAY),
]

/** At most `most` round moments of the line; days begin at midnight where the reader is. */
export function ticks(from: number, to: number, most: number): Tick[] {
  const step = STEPS.find((each) => (to - from) / each <= most) ?? (to - from)
  const offset = new Date(from).getTimezoneOffset() * 60 * SECOND
  const found: Tick[] = []
  for (let time = Math.ceil((from - offset) / step) * step + offset; time <= to; time += step) {
    found.push({ time, step, left: (100 * (time - from)) / (to - from) })
  }
  return found
}
