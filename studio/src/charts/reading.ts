// The values at the cursor, written to the page without React, which would be too slow for a moving pointer.
import type { Curve } from '../api/series'
import type { ChartColumns, Reading } from '../lib/chartData'
import { readingOf } from '../lib/chartData'
import { xLabel } from '../lib/chartOptions'
import type { CursorPlace } from '../lib/chartOptions'
import { formatNumber, fullNumber } from '../lib/format'
import type { XAxis } from '../lib/urlState'
import type { ChartLine } from './chartSpec'

/** Curves that the list beside the cursor names at most. */
export const MOST_VALUES = 12

interface ReadingPlace {
  /** In the chart's head: the one curve's value, or where the cursor is. */
  head: HTMLElement
  /** Over the chart: a line for each of several curves. */
  list: HTMLElement
  lines: readonly ChartLine[]
  columns: ChartColumns
  x: XAxis
  cursor: CursorPlace | null
}

export function fillReading({ head, list, lines, columns, x, cursor }: ReadingPlace): void {
  head.title = ''
  head.textContent = ''
  list.hidden = cursor === null || lines.length === 1
  if (cursor === null) return
  const found = valuesAt(columns, lines, cursor.curves)
  const [first] = found
  if (first === undefined) {
    list.hidden = true
    return
  }
  if (lines.length === 1) {
    head.textContent = `${readingText(first.reading)} · ${xLabel(first.x, x)}`
    return
  }
  head.textContent = xLabel(columns[0][cursor.index] ?? first.x, x)
  list.classList.toggle('left', cursor.right)
  list.replaceChildren(...found.slice(0, MOST_VALUES).map(valueLine), ...rest(found.length - MOST_VALUES))
}

export interface ValueAt {
  line: ChartLine
  reading: Reading
  x: number
}

/** The values of a chart's curves, the largest first. */
export function valuesAt(columns: ChartColumns, lines: readonly ChartLine[], indices: readonly (number | null)[]): ValueAt[] {
  const found = lines.flatMap((line, curve) => {
    const index = indices[curve]
    const reading = index == null ? null : readingOf(columns, curve, index)
    return reading === null || index == null ? [] : [{ line, reading, x: columns[0][index] ?? 0 }]
  })
  return found.sort((one, other) => other.reading.value - one.reading.value)
}

export function readingText({ value, min, max }: Reading): string {
  const band = min === null || max === null ? '' : ` (${formatNumber(min)} to ${formatNumber(max)})`
  return `${formatNumber(value)}${band}`
}

/** The latest value of a curve, and on hover every digit and where it is. */
export function latestText(curve: Curve, columns: ChartColumns, x: XAxis): { text: string; title: string } {
  const value = curve.last.at(-1)
  const place = columns[0].at(-1)
  if (value === undefined || place === undefined) return { text: '', title: '' }
  return { text: formatNumber(value), title: `${fullNumber(value)} at ${xLabel(place, x)}` }
}

function valueLine({ line, reading }: ValueAt): HTMLElement {
  const row = document.createElement('div')
  const swatch = document.createElement('span')
  swatch.className = 'swatch'
  swatch.style.background = line.color
  const name = document.createElement('span')
  name.className = 'ellipsis grow'
  name.textContent = line.name
  const value = document.createElement('span')
  value.textContent = formatNumber(reading.value)
  row.append(swatch, name, value)
  return row
}

function rest(number: number): HTMLElement[] {
  if (number <= 0) return []
  const row = document.createElement('div')
  row.className = 'muted'
  row.textContent = `and ${number} more`
  return [row]
}
