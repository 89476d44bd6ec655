// Places on a chart's x axis as people type them.
import { readBound } from './chartSettings'
import type { XAxis } from './chartView'
import { formatTime } from './format'

/** A place in the chart's unit, as text: moments as dates. */
export function placeText(place: number, x: XAxis): string {
  return x === 'time' ? formatTime(place * 1000) : String(place)
}

/** What was typed, in the chart's unit: null for nothing, undefined for what can't be read. */
export function placeOf(text: string, x: XAxis): number | null | undefined {
  if (x !== 'time' || text.trim() === '') return readBound(text)
  const moment = Date.parse(text.trim().replace(' ', 'T'))
  return Number.isNaN(moment) ? undefined : moment / 1000
}
