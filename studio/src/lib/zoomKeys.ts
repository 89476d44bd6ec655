// Zooming and moving along a chart.
import { logRange } from './chartData'
import type { Range } from './chartView'

const MOVE = 0.25
const CLOSER = 0.5

/** A range moved by a share of its width; on a logarithmic axis by that share of what is seen, too. */
export function shifted([start, end]: Range, share: number, log: boolean): Range {
  if (!log) return [start + (end - start) * share, end + (end - start) * share]
  const factor = (end / start) ** share
  return [start * factor, end * factor]
}

/** A range so many times as wide around its middle. */
function widened([start, end]: Range, times: number, log: boolean): Range {
  const more = (times - 1) / 2
  if (!log) return [start - (end - start) * more, end + (end - start) * more]
  const factor = (end / start) ** more
  return [start / factor, end * factor]
}

/** The range after a key; null shows all, undefined means that the key does nothing here. `log` has the first x of a logarithmic axis. */
export function keyedRange(key: string, shown: Range, log: { first: number } | null = null): Range | null | undefined {
  const range = log === null ? shown : logRange(...shown, log.first)
  if (!(range[1] > range[0])) return undefined
  if (key === '0') return null
  const next = moved(key, range, log !== null)
  // Beyond what numbers can tell apart there is no range.
  return next !== undefined && next[0] < next[1] && next.every(Number.isFinite) && (log === null || next[0] > 0) ? next : undefined
}

function moved(key: string, range: Range, log: boolean): Range | undefined {
  if (key === 'ArrowLeft') return shifted(range, -MOVE, log)
  if (key === 'ArrowRight') return shifted(range, MOVE, log)
  if (key === '+' || key === '=') return widened(range, CLOSER, log)
  return key === '-' ? widened(range, 1 / CLOSER, log) : undefined
}
