// Brushes on an axis, as ranges of places from 0 (bottom) to 1 (top).
import { place, valueAt } from './axis'
import type { Axis } from './axis'
import type { Brush } from './plotState'

export type Span = readonly [number, number]

/** Half of the room that a value of a point axis has. */
function reach(axis: Axis): number {
  return 0.5 / Math.max(1, axis.values.length - 1)
}

export function brushOf(axis: Axis, [low, high]: Span): Brush {
  if (axis.type !== 'point') return { key: axis.key, from: short(valueAt(axis, low)), to: short(valueAt(axis, high)) }
  const values = axis.values.filter((value) => {
    const at = place(axis, value)
    return at >= low - 1e-9 && at <= high + 1e-9
  })
  return { key: axis.key, values: values.map(String) }
}

/** Where a brush lies on an axis; null where it leaves nothing of it. */
export function spanOf(axis: Axis, brush: Brush): Span | null {
  if ('values' in brush) {
    const places = axis.values.filter((value) => brush.values.includes(String(value))).map((value) => place(axis, value))
    if (places.length === 0) return null
    return [within(Math.min(...places) - reach(axis)), within(Math.max(...places) + reach(axis))]
  }
  if (axis.type === 'point' || axis.min === axis.max) return null
  const low = axis.type === 'log' && brush.from <= 0 ? 0 : place(axis, brush.from)
  const high = axis.type === 'log' && brush.to <= 0 ? 0 : place(axis, brush.to)
  return [within(low), within(high)]
}

/** The brush after a key; undefined for keys that mean nothing here. */
export function keyed(axis: Axis, span: Span | null, key: string, shift: boolean): Span | null | undefined {
  if (key === 'Delete' || key === 'Backspace' || key === 'Escape') return span === null ? undefined : null
  const way = key === 'ArrowUp' ? 1 : key === 'ArrowDown' ? -1 : 0
  if (way === 0) return undefined
  if (span === null) return way > 0 ? [0.5, 1] : [0, 0.5]
  const step = axis.type === 'point' ? reach(axis) * 2 : 0.05
  const [low, high] = span
  if (shift) return [low, Math.max(low + step / 2, within(high + way * step))]
  const by = way > 0 ? Math.min(step, 1 - high) : -Math.min(step, low)
  return [low + by, high + by]
}

function within(at: number): number {
  return Math.max(0, Math.min(1, at))
}

/** Six digits: more would not be seen, and would fill the address. */
function short(value: number): number {
  return Number(value.toPrecision(6))
}
