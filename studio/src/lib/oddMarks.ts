// Where values were logged that no line can show: NaN and infinities.
import type uPlot from 'uplot'
import type { Curve } from '../api/series'
import { entryPlaces, xUnit } from './chartData'
import type { XAxis } from './chartView'

/** Of a bucket it is known only that it holds some. */
export type OddKind = 'NaN' | '∞' | '−∞' | 'NaN or infinite'

export interface OddMark {
  /** The curve's place among those of the chart. */
  curve: number
  /** In the chart's unit. */
  x: number
  kind: OddKind
  count: number
}

export function oddMarks(curves: readonly Curve[], x: XAxis): OddMark[] {
  if (curves.every(({ nonFinite }) => nonFinite === 0)) return []
  const places = entryPlaces(curves)
  return curves.flatMap((curve, place) => {
    if (curve.nonFinite === 0) return []
    const marks: OddMark[] = []
    curve.odd.forEach((count, index) => {
      if (count > 0) marks.push({ curve: place, x: (places[place]?.[index] ?? 0) / xUnit(x), kind: kindOf(curve, index), count })
    })
    return marks
  })
}

function kindOf(curve: Curve, index: number): OddKind {
  if (!curve.raw) return 'NaN or infinite'
  const value = curve.last[index] ?? NaN
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞'
}

/** Half of a mark's width, in CSS pixels. */
const HALF = 4

/** Crosses along the lower edge for NaN, arrows at the upper and the lower edge for infinities. */
export function drawMarks(chart: uPlot, marks: readonly OddMark[], colors: readonly string[]): void {
  if (marks.length === 0) return
  const { ctx: context, bbox } = chart
  const half = HALF * devicePixelRatio
  const drawn = new Set<string>()
  context.save()
  context.lineWidth = 1.5 * devicePixelRatio
  for (const { curve, x, kind } of marks) {
    const at = Math.round(chart.valToPos(x, 'x', true))
    // A thousand marks on one pixel are one.
    const key = `${at} ${curve} ${kind}`
    if (at < bbox.left || at > bbox.left + bbox.width || drawn.has(key)) continue
    drawn.add(key)
    context.strokeStyle = colors[curve] ?? ''
    context.beginPath()
    if (kind === '∞') arrow(context, at, bbox.top + 2, half)
    else if (kind === '−∞') arrow(context, at, bbox.top + bbox.height - 2, -half)
    else cross(context, at, bbox.top + bbox.height - 2 * half, half)
    context.stroke()
  }
  context.restore()
}

/** An arrow head whose tip is at `y`; it points up where `half` is positive. */
function arrow(context: CanvasRenderingContext2D, x: number, y: number, half: number): void {
  const width = Math.abs(half)
  context.moveTo(x - width, y + 1.5 * half)
  context.lineTo(x, y)
  context.lineTo(x + width, y + 1.5 * half)
}

function cross(context: CanvasRenderingContext2D, x: number, y: number, half: number): void {
  context.moveTo(x - half, y - half)
  context.lineTo(x + half, y + half)
  context.moveTo(x - half, y + half)
  context.lineTo(x + half, y - half)
}
