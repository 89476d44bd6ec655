// uPlot's options as a pure function of settings; the chart component only mounts what this returns.
import type uPlot from 'uplot'
import { translucent } from './colors'
import { nearest, PER_CURVE, xRange, yRange } from './chartData'
import { formatDuration, formatNumber, formatTime } from './format'
import { compact, DURATION_STEPS, durationTick, logTicks, timeTick } from './ticks'
import type { Range, XAxis } from './urlState'

export interface ChartTheme {
  text: string
  grid: string
}

/** Where the cursor is, in indices of the columns. */
export interface CursorPlace {
  index: number
  /** For each curve that of its point nearest to the cursor, if there is one. */
  curves: readonly (number | null)[]
  /** Whether it is in the right half of the chart. */
  right: boolean
}

export interface ChartSettings {
  /** One for each curve. */
  colors: readonly string[]
  theme: ChartTheme
  x: XAxis
  log: boolean
  /** Read at each drawing, in the chart's x unit, so that new data never moves what the reader looks at. */
  zoom: () => Range | null
  onZoom: (range: Range | null) => void
  /** Called with where the cursor is; null when it leaves. */
  onCursor: (cursor: CursorPlace | null) => void
}

/** Widths in CSS pixels: of the y axis with its figures, and of the room at the right. */
const Y_AXIS = 56
const RIGHT = 16
const FONT = '11px "Segoe UI", system-ui, sans-serif'
// uPlot's enums exist in its types only.
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
const LOGARITHMIC = 3 as uPlot.Scale.Distr.Logarithmic
/** Charts of one page share their cursor. */
const CURSOR_GROUP = 'runyard'

export function chartOptions(settings: ChartSettings, width: number, height: number): uPlot.Options {
  const drag = { here: false }
  return {
    width,
    height,
    padding: [8, RIGHT, 0, 0],
    legend: { show: false },
    scales: scales(settings),
    axes: axes(settings),
    series: series(settings),
    bands: bands(settings),
    cursor: cursor(settings, drag),
    hooks: {
      setSelect: [(chart) => selected(chart, settings, drag)],
      setCursor: [(chart) => settings.onCursor(placeOf(chart))],
      draw: [describe],
    },
  }
}

function scales({ x, log, zoom }: ChartSettings): uPlot.Scales {
  return {
    x: {
      time: x === 'time',
      // From the data itself: uPlot widens the range of a single point by its own rules.
      range: ({ data: [xs] }) => [...xRange(zoom(), xs[0] ?? null, xs.at(-1) ?? null)],
    },
    y: {
      ...(log ? { distr: LOGARITHMIC, log: 10 } : {}),
      range: (_chart, min: number | null, max: number | null) => [...yRange(min, max, log)],
    },
  }
}

function axes({ theme, x, log }: ChartSettings): uPlot.Axis[] {
  const look = { stroke: theme.text, font: FONT, ticks: { show: false } }
  const grid = { stroke: theme.grid, width: 1 }
  return [
    {
      ...look,
      grid,
      size: 24,
      gap: 4,
      space: 72,
      values: (chart, splits, _axis, _space, step) => splits.map((split) => fitting(chart, split, xTick(split, step, x))),
      ...(x === 'relative' ? { incrs: DURATION_STEPS } : {}),
    },
    {
      ...look,
      grid: log ? { ...grid, filter: (_chart, splits) => logTicks(splits) } : grid,
      size: Y_AXIS,
      gap: 4,
      space: 28,
      values: (_chart, splits) => splits.map((split: number | null) => (split === null ? '' : compact(split))),
      ...(log ? { filter: (_chart: uPlot, splits: number[]) => logTicks(splits) } : {}),
    },
  ]
}

function xTick(value: number, step: number, x: XAxis): string {
  if (x === 'time') return timeTick(value, step)
  if (x === 'relative') return durationTick(value, step)
  return Number.isInteger(value) ? compact(value) : ''
}

/** Half of a character of the axes' font, roughly. */
const HALF_LETTER = 3.2

/** A label, unless the chart's right edge would cut it. */
function fitting(chart: uPlot, value: number, label: string): string {
  const { min, max } = chart.scales['x'] ?? {}
  if (min == null || max == null) return label
  const room = RIGHT + ((max - value) / (max - min)) * (chart.width - Y_AXIS - RIGHT)
  return room < label.length * HALF_LETTER ? '' : label
}

/** Beyond so many curves their bands would hide each other, and only the edges are drawn. */
const MOST_BANDS = 8

function bands({ colors }: ChartSettings): uPlot.Band[] {
  if (colors.length > MOST_BANDS) return []
  const opacity = colors.length === 1 ? 0.18 : 0.1
  return colors.map((color, index) => {
    const first = 1 + index * PER_CURVE
    return { series: [first + 3, first + 2], fill: translucent(color, opacity) }
  })
}

/** In the order of `ChartColumns`. */
function series({ colors }: ChartSettings): uPlot.Series[] {
  return [{}, ...colors.flatMap((color) => curveSeries(color, colors.length))]
}

function curveSeries(color: string, number: number): uPlot.Series[] {
  const line = { stroke: color, width: 1.5, spanGaps: true }
  // The band's edges are drawn, too: a spike of one step is narrower than a pixel, and a band alone would hide it.
  const edge = { ...line, stroke: translucent(color, number > MOST_BANDS ? 0.25 : 0.5), width: 1, points: { show: false } }
  return [
    { ...line, points: { show: showPoints, size: 5, fill: color, stroke: color } },
    { ...line, stroke: translucent(color, 0.5), width: 1, points: { show: false } },
    edge,
    edge,
  ]
}

/** Dots for a few points, as a line through one of them can't be seen. */
const showPoints: uPlot.Series.Points.Show = (chart, seriesIndex) => {
  const values = chart.data[seriesIndex] ?? []
  return values.length <= 40 && values.length * 12 < chart.width
}

/** The curve that a series of uPlot's belongs to. */
function curveOf(series: number): number {
  return Math.floor((series - 1) / PER_CURVE)
}

function isLine(series: number): boolean {
  return series > 0 && (series - 1) % PER_CURVE === 0
}

function placeOf(chart: uPlot): CursorPlace | null {
  const { idx, idxs, left = 0 } = chart.cursor
  if (idx == null || idxs === undefined) return null
  const curves = idxs.filter((_place, series) => isLine(series)).map((place) => place ?? null)
  return { index: idx, curves, right: left > chart.bbox.width / devicePixelRatio / 2 }
}

/** Whether the pointer went down on this chart: charts that share the cursor hear of each other's drags, too. */
interface Drag {
  here: boolean
}

function cursor({ onZoom, colors }: ChartSettings, drag: Drag): uPlot.Cursor {
  const color = (_chart: uPlot, series: number) => colors[curveOf(series)] ?? ''
  return {
    y: false,
    points: { size: (_chart, series) => (isLine(series) ? 7 : 0), fill: color, stroke: color, show: true },
    dataIdx: (chart, series, index) => (isLine(series) ? nearest(chart.data[series] as (number | null)[], index) : index),
    drag: { x: true, y: false, setScale: false },
    sync: { key: CURSOR_GROUP, setSeries: false, scales: ['x', null] },
    bind: {
      mousedown: (_chart, _target, handler) => (event) => {
        drag.here = true
        return handler(event)
      },
      dblclick: () => () => {
        onZoom(null)
        return null
      },
    },
  }
}

const NOTHING = { left: 0, width: 0, top: 0, height: 0 }

/** A dragged range becomes the zoom; a click with a trembling hand does not. */
function selected(chart: uPlot, settings: ChartSettings, drag: Drag): void {
  const { left, width } = chart.select
  const { here } = drag
  drag.here = false
  if (width === 0) return
  if (!here || width < 4) {
    chart.setSelect(NOTHING, false)
    return
  }
  const start = chart.posToVal(left, 'x')
  const end = chart.posToVal(left + width, 'x')
  chart.setSelect(NOTHING, false)
  if (start < end) settings.onZoom([start, end])
}

/** Tells tests and other readers of the page what a canvas can't tell: how much is drawn, and which range. */
function describe(chart: uPlot): void {
  const { min, max } = chart.scales['x'] ?? {}
  Object.assign(chart.root.dataset, { drawn: String(chart.data[0].length), from: String(min), to: String(max) })
}

/** The x value as it is read at the cursor. */
export function xLabel(value: number, x: XAxis): string {
  if (x === 'time') return formatTime(value * 1000)
  if (x === 'relative') return formatDuration(value * 1000)
  return `step ${formatNumber(value)}`
}
