// Paths of a chart's lines. A hundred curves are three hundred lines, drawn anew at each zoom: uPlot's own builder,
// which asks for each point's place by several calls, takes twice as long for them.
import uPlot from 'uplot'
import { hasNoValues } from './chartData'

const linear = uPlot.paths.linear?.()
/** uPlot draws several points of one pixel column as one from so many points a pixel on. */
const CROWDED = 4

/** A line through a column's values, across its gaps; nothing for a column without any, as most are. */
export const linePath: uPlot.Series.PathBuilder = (chart, index, from, to) =>
  hasNoValues(chart.data[index]) ? null : (linear?.(chart, index, from, to) ?? null)

/** The same, for charts without fills between lines, which uPlot's builder cuts to shape. */
export const straightPath: uPlot.Series.PathBuilder = (chart, index, from, to) => {
  const column = chart.data[index]
  if (column === undefined || hasNoValues(column)) return null
  return to - from < chart.bbox.width * CROWDED ? straight(chart, index, from, to) : (linear?.(chart, index, from, to) ?? null)
}

function straight(chart: uPlot, index: number, from: number, to: number): uPlot.Series.Paths {
  const stroke = new Path2D()
  const xs = xPixels(chart, from, to)
  const column = chart.data[index] ?? []
  const y = pixelOf(chart, chart.series[index]?.scale ?? 'y')
  for (let at = from; at <= to; at += 1) {
    const value = column[at]
    if (value != null) stroke.lineTo(xs[at - from] ?? 0, y(value))
  }
  return { stroke, fill: null, clip: null, band: null, flags: 0 }
}

interface Pixels {
  from: number
  to: number
  min: number | undefined
  max: number | undefined
  left: number
  width: number
  pixels: Float64Array
}

const known = new WeakMap<object, Pixels>()

/** The places of the x column, which all lines of a drawing share. */
function xPixels(chart: uPlot, from: number, to: number): Float64Array {
  const [column] = chart.data
  const { min, max } = chart.scales['x'] ?? {}
  const { left, width } = chart.bbox
  const present = { from, to, min, max, left, width }
  const last = known.get(column)
  if (last !== undefined && Object.entries(present).every(([key, value]) => last[key as keyof Pixels] === value)) return last.pixels
  const x = pixelOf(chart, 'x')
  const pixels = new Float64Array(to - from + 1)
  for (let at = from; at <= to; at += 1) pixels[at - from] = x(column[at] ?? 0)
  known.set(column, { ...present, pixels })
  return pixels
}

/** A scale's whole pixel on the canvas for a value: the scale's two ends are asked for, what is between follows. */
function pixelOf(chart: uPlot, scale: string): (value: number) => number {
  const { min: low = 0, max: high = 1, distr } = chart.scales[scale] ?? {}
  const unit = Number(distr) === LOGARITHMIC ? Math.log10 : same
  const start = chart.valToPos(low, scale, true)
  const first = unit(low)
  const step = (chart.valToPos(high, scale, true) - start) / (unit(high) - first)
  return (value) => Math.round(start + (unit(value) - first) * step)
}

/** uPlot's enums exist in its types only. */
const LOGARITHMIC = 3

function same(value: number): number {
  return value
}
