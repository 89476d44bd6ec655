// The values at the cursor, written to the page without React, which would be too slow for a moving pointer.
import type { Curve } from '../api/series'
import type { ChartColumns, Reading } from '../lib/chartData'
import { extremes, readingOf, xUnit } from '../lib/chartData'
import { xLabel } from '../lib/chartOptions'
import type { CursorPlace } from '../lib/chartOptions'
import { formatNumber, fullNumber } from '../lib/format'
import type { XAxis } from '../lib/chartView'
import type { OddMark } from '../lib/oddMarks'
import type { ChartLine } from './chartSpec'

/** Curves that the list beside the cursor names at most. */
export const MOST_VALUES = 12

interface ReadingPlace {
  /** In the chart's head: the one curve's value, or where the cursor is. */
  head: HTMLElement
  /** Over the chart: a line for each of several curves. */
  list: HTMLElement
  lines: readonly ChartLine[]
  curves: readonly Curve[]
  columns: ChartColumns
  marks: readonly OddMark[]
  x: XAxis
  cursor: CursorPlace | null
}

export function fillReading(place: ReadingPlace): void {
  const { head, list, lines, columns, x, cursor } = place
  head.title = ''
  head.textContent = ''
  list.hidden = cursor === null || lines.length === 1
  if (cursor === null) return
  const found = valuesAt(columns, lines, cursor.curves)
  const [first] = found
  const here = columns[0][cursor.index] ?? first?.x
  const odd = oddAt(place, here)
  if (first === undefined) {
    list.hidden = true
    head.textContent = odd === '' || here === undefined ? '' : `${odd} · ${xLabel(here, x)}`
    return
  }
  if (lines.length === 1) {
    const value = odd === '' ? readingText(first.reading) : odd
    head.textContent = `${value} · ${xLabel(odd === '' ? first.x : (here ?? first.x), x)}`
    return
  }
  head.textContent = `${odd === '' ? '' : `${odd} · `}${xLabel(here ?? first.x, x)}`
  list.classList.toggle('left', cursor.right)
  list.replaceChildren(valuesHead(), ...found.slice(0, MOST_VALUES).map((each) => valueLine(each, place)), ...rest(found.length - MOST_VALUES))
}

/** What was logged at the cursor that no line shows. */
function oddAt({ marks, lines }: ReadingPlace, here: number | undefined): string {
  const there = marks.filter(({ x }) => x === here)
  const [first] = there
  if (first === undefined) return ''
  return lines.length === 1 ? first.kind : `${lines[first.curve]?.name ?? ''}: ${first.kind}${there.length > 1 ? ' …' : ''}`
}

export interface ValueAt {
  line: ChartLine
  /** The line's place among those of the chart. */
  curve: number
  reading: Reading
  x: number
}

/** The values of a chart's curves, the largest first. */
export function valuesAt(columns: ChartColumns, lines: readonly ChartLine[], indices: readonly (number | null)[]): ValueAt[] {
  const found = lines.flatMap((line, curve) => {
    const index = indices[curve]
    const reading = index == null ? null : readingOf(columns, curve, index)
    return reading === null || index == null ? [] : [{ line, curve, reading, x: columns[0][index] ?? 0 }]
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

function valuesHead(): HTMLElement {
  const row = document.createElement('div')
  row.className = 'muted'
  row.append(cell('', 'grow'), cell('value'), cell('min', 'extreme'), cell('max', 'extreme'))
  return row
}

function valueLine({ line, curve, reading, x: at }: ValueAt, { columns, curves, x }: ReadingPlace): HTMLElement {
  const row = document.createElement('div')
  const swatch = cell('', 'swatch')
  swatch.style.background = line.color
  const [least, greatest] = extremes(columns, curve) ?? [null, null]
  const runs = runsAt(curves[curve], at, x)
  row.append(
    swatch, cell(runs === null ? line.name : `${line.name} · N=${runs}`, 'ellipsis grow'),
    cell(formatNumber(reading.value)), cell(formatNumber(least), 'muted extreme'), cell(formatNumber(greatest), 'muted extreme'),
  )
  return row
}

/** How many runs of a group have a point at this place; null where the curve is no group's. */
function runsAt(curve: Curve | undefined, place: number, x: XAxis): number | null {
  if (curve?.runs == null) return null
  const at = curve.edge.findLastIndex((edge) => edge <= place * xUnit(x))
  return curve.runs[Math.max(at, 0)] ?? null
}

function cell(text: string, kind = ''): HTMLElement {
  const span = document.createElement('span')
  span.className = kind
  span.textContent = text
  return span
}

function rest(number: number): HTMLElement[] {
  if (number <= 0) return []
  const row = document.createElement('div')
  row.className = 'muted'
  row.textContent = `and ${number} more`
  return [row]
}
