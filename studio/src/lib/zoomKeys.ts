// Zooming and moving along a chart by keys.
import type { Range } from './chartView'

const MOVE = 0.25
const CLOSER = 0.5

/** The range after a key; null shows all, undefined means that the key does nothing here. */
export function keyedRange(key: string, [start, end]: Range): Range | null | undefined {
  const width = end - start
  if (!(width > 0)) return undefined
  const around = (factor: number): Range => [start + (width * (1 - factor)) / 2, end - (width * (1 - factor)) / 2]
  if (key === 'ArrowLeft') return [start - width * MOVE, end - width * MOVE]
  if (key === 'ArrowRight') return [start + width * MOVE, end + width * MOVE]
  if (key === '+' || key === '=') return around(CLOSER)
  if (key === '-') return around(1 / CLOSER)
  return key === '0' ? null : undefined
}
