// A chart's zoom by the keyboard.
import type { Range } from './urlState'

/** A quarter of what is seen. */
const STEP = 0.25

/** The zoom after a key: null for all of the chart, undefined where the key means nothing. */
export function zoomByKey(key: string, zoom: Range | null, [first, last]: Range): Range | null | undefined {
  if (key === '0') return null
  const [start, end] = zoom ?? [first, last]
  const size = end - start
  if (!(size > 0)) return undefined
  if (key === '+' || key === '=') return [start + size * STEP, end - size * STEP]
  if (key === '-' || key === '_') return within([start - size / 2, end + size / 2], [first, last])
  if (zoom === null) return undefined
  if (key === 'ArrowLeft') return moved(zoom, -Math.min(size * STEP, Math.max(0, start - first)))
  if (key === 'ArrowRight') return moved(zoom, Math.min(size * STEP, Math.max(0, last - end)))
  return undefined
}

function moved([start, end]: Range, by: number): Range {
  return [start + by, end + by]
}

/** What of a range the chart has; null when that is all. */
function within([start, end]: Range, [first, last]: Range): Range | null {
  const seen: Range = [Math.max(start, first), Math.min(end, last)]
  return seen[0] <= first && seen[1] >= last ? null : seen
}
