// uPlot's options as a pure function of settings; the chart component only mounts what this returns.
import type uPlot from 'uplot'
import { ABOVE, chartAxes, hasRight, RIGHT, Y_RIGHT } from './chartAxes'
import type { Axes, ChartTheme } from './chartAxes'
import { translucent } from './colors'
import { boundedRange, logRange, nearest, PER_CURVE, withoutOutliers, xRange, yRange } from './chartData'
import type { Bounds } from './chartSettings'
import { axisMetric } from './chartView'
import { formatDuration, formatNumber, formatTime } from './format'
import { linePath, straightPath } from './linePath'
import { drawMarks } from './oddMarks'
import type { OddMark } from './oddMarks'
import { shifted } from './zoomKeys'
import type { Range, XAxis } from './chartView'

/** Where the cursor is, in indices of the columns. */
export interface CursorPlace {
  index: number
  /** For each curve that of its point nearest to the cursor, if there is one. */
  curves: readonly (number | null)[]
  /** Whether it is in the right half of the chart. */
  right: boolean
}

/** What is shown of a chart's axes at a drawing; x in the chart's unit. */
export interface Shown {
  zoom: Range | null
  /** Bounds of the left y axis that somebody typed, or drew a box around. */
  bounds: Bounds
  outliers: boolean
}

export interface PlotSettings extends Axes {
  /** One for each curve. */
  colors: readonly string[]
  theme: ChartTheme
  /** Read at each drawing, so that new data never moves what the reader looks at. */
  shown: () => Shown
  marks: () => readonly OddMark[]
  /** Called with what was dragged over: a range of x, and where the drag was a box one of y; null shows all again. */
  onZoom: (x: Range | null, y: Range | null) => void
  /** Called with where the cursor is; null when it leaves. */
  onCursor: (cursor: CursorPlace | null) => void
}

// uPlot's enums exist in its types only.
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
const LOGARITHMIC = 3 as uPlot.Scale.Distr.Logarithmic
/** Charts of one page share their cursor. */
const CURSOR_GROUP = 'runyard'

export function chartOptions(settings: PlotSettings, width: number, height: number): uPlot.Options {
  const drag: Drag = { here: false, pan: null }
  return {
    width,
    height,
    padding: [ABOVE, hasRight(settings) ? 0 : RIGHT, 0, 0],
    legend: { show: false },
    scales: scales(settings, drag),
    axes: chartAxes(settings, settings.theme),
    series: series(settings),
    bands: bands(settings),
    cursor: cursor(settings, drag),
    hooks: {
      setSelect: [(chart) => selected(chart, settings, drag)],
      setCursor: [(chart) => settings.onCursor(placeOf(chart))],
      draw: [(chart) => drawMarks(chart, settings.marks(), settings.colors), describe],
    },
  }
}

function scales(settings: PlotSettings, drag: Drag): uPlot.Scales {
  const { x, logX, log, logRight, shown } = settings
  const logarithmic = (on: boolean) => (on ? { distr: LOGARITHMIC, log: 10 as const } : {})
  return {
    x: {
      time: x === 'time',
      ...logarithmic(logX),
      // From the data itself: uPlot widens the range of a single point by its own rules.
      range: ({ data: [xs] }) => {
        const [start, end] = drag.pan ?? xRange(shown().zoom, xs[0] ?? null, xs.at(-1) ?? null)
        return logX ? [...logRange(start, end, xs[0] ?? 1)] : [start, end]
      },
    },
    y: {
      ...logarithmic(log),
      range: (chart, min: number | null, max: number | null) => {
        const { bounds, outliers } = shown()
        return [...boundedRange(yValues(chart, settings, false, outliers) ?? [min, max], bounds, log)]
      },
    },
    [Y_RIGHT]: {
      ...logarithmic(logRight),
      range: (chart, min: number | null, max: number | null) => {
        const values = yValues(chart, settings, true, shown().outliers)
        return [...yRange(...(values ?? ([min, max] as const)), logRight)]
      },
    },
  }
}

/** The bounds of an axis's curves in sight without outliers; null where outliers count, or nothing is in sight. */
function yValues(chart: uPlot, { right }: Axes, atRight: boolean, outliers: boolean): [number, number] | null {
  if (!outliers) return null
  const [from, to] = chart.series[0]?.idxs ?? [0, chart.data[0].length - 1]
  const values: number[] = []
  right.forEach((own, curve) => {
    if (own !== atRight) return
    const line = chart.data[1 + curve * PER_CURVE] ?? []
    for (let index = from; index <= to; index += 1) {
      const value = line[index]
      if (value != null) values.push(value)
    }
  })
  return withoutOutliers(values)
}

/** Beyond so many curves their bands would hide each other, and only the edges are drawn. */
const MOST_BANDS = 8

function bands({ colors }: PlotSettings): uPlot.Band[] {
  if (colors.length > MOST_BANDS) return []
  const opacity = colors.length === 1 ? 0.18 : 0.1
  return colors.map((color, index) => {
    const first = 1 + index * PER_CURVE
    return { series: [first + 3, first + 2], fill: translucent(color, opacity) }
  })
}

/** In the order of `ChartColumns`. */
function series({ colors, right }: PlotSettings): uPlot.Series[] {
  return [{}, ...colors.flatMap((color, curve) => curveSeries(color, colors.length, right[curve] ?? false))]
}

function curveSeries(color: string, number: number, right: boolean): uPlot.Series[] {
  // Curves of the axis at the right are dashed: two axes of one look would be read wrongly.
  const axis = right ? { scale: Y_RIGHT, dash: [6, 4] } : { scale: 'y' }
  // Lines of one pixel are drawn twenty times as fast as wider ones, and many wide ones hide each other.
  const line = { stroke: color, width: number > MOST_BANDS ? 1 : 1.5, spanGaps: true, paths: number > MOST_BANDS ? straightPath : linePath, ...axis }
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

/** What the pointer does on this chart: charts that share the cursor hear of each other's drags, too. */
interface Drag {
  here: boolean
  /** The range that is shown while it moves. */
  pan: Range | null
}

/** Pixels that a drag must go up or down to be a box, not a range of x. */
const BOX = 40

function cursor(settings: PlotSettings, drag: Drag): uPlot.Cursor {
  const { onZoom, colors } = settings
  const color = (_chart: uPlot, series: number) => colors[curveOf(series)] ?? ''
  return {
    y: false,
    points: { size: (_chart, series) => (isLine(series) ? 7 : 0), fill: color, stroke: color, show: true },
    dataIdx: (chart, series, index) => (isLine(series) ? nearest(chart.data[series] as (number | null)[], index) : index),
    drag: { x: true, y: true, uni: BOX, setScale: false },
    sync: { key: CURSOR_GROUP, setSeries: false, scales: ['x', null] },
    bind: {
      mousedown: (chart, _target, handler) => (event) => {
        if (event.shiftKey) {
          pan(chart, settings, drag, event)
          return null
        }
        drag.here = true
        return handler(event)
      },
      dblclick: () => () => {
        onZoom(null, null)
        return null
      },
    },
  }
}

/** Moves the shown range with the pointer until it is let go. */
function pan(chart: uPlot, settings: PlotSettings, drag: Drag, down: MouseEvent): void {
  const { min, max } = chart.scales['x'] ?? {}
  if (min == null || max == null) return
  const width = chart.bbox.width / devicePixelRatio
  const shift = shiftable(chart)
  const move = (event: MouseEvent) => {
    const by = event.clientX - down.clientX
    drag.pan = shifted([min, max], -by / width, settings.logX)
    shift(by)
  }
  const up = () => {
    removeEventListener('mousemove', move)
    removeEventListener('mouseup', up)
    const { pan: moved } = drag
    drag.pan = null
    if (moved !== null) settings.onZoom(moved, null)
  }
  addEventListener('mousemove', move)
  addEventListener('mouseup', up)
}

/** A way to shift what is drawn by CSS pixels: a hundred curves drawn anew would lag behind the pointer. */
function shiftable({ ctx, bbox }: uPlot): (by: number) => void {
  const { canvas } = ctx
  const copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height
  copy.getContext('2d')?.drawImage(canvas, 0, 0)
  const below = bbox.top + bbox.height
  // Lines reach a pixel out of the plot, and the first figure of the x axis to the left of it.
  const [line, figure] = [2 * devicePixelRatio, 14 * devicePixelRatio]
  const parts = [
    { left: bbox.left, top: bbox.top, width: bbox.width + line, height: bbox.height },
    { left: bbox.left - figure, top: below, width: bbox.width + 2 * figure, height: canvas.height - below },
  ]
  return (by) => {
    for (const { left, top, width, height } of parts) {
      ctx.save()
      ctx.beginPath()
      ctx.rect(left, top, width, height)
      ctx.clip()
      ctx.clearRect(left, top, width, height)
      // What enters the plot is not known before one lets go.
      ctx.drawImage(copy, left, top, width, height, left + by * devicePixelRatio, top, width, height)
      ctx.restore()
    }
  }
}

const NOTHING = { left: 0, width: 0, top: 0, height: 0 }

/** A dragged range or box becomes the zoom; a click with a trembling hand does not. */
function selected(chart: uPlot, settings: PlotSettings, drag: Drag): void {
  const { left, top, width, height } = chart.select
  const { here } = drag
  drag.here = false
  if (width === 0) return
  const box = height > 0 && height < chart.bbox.height / devicePixelRatio - 1
  const start = chart.posToVal(left, 'x')
  const end = chart.posToVal(left + width, 'x')
  const [high, low] = box ? [chart.posToVal(top, 'y'), chart.posToVal(top + height, 'y')] : [0, 0]
  chart.setSelect(NOTHING, false)
  if (here && width >= 4 && start < end) settings.onZoom([start, end], box && low < high ? [low, high] : null)
}

/** Tells tests and other readers of the page what a canvas can't tell: how much is drawn, and which range. */
function describe(chart: uPlot): void {
  const { min, max } = chart.scales['x'] ?? {}
  const [y, right] = [chart.scales['y'], chart.scales[Y_RIGHT]]
  const told = { drawn: chart.data[0].length, from: min, to: max, low: y?.min, high: y?.max, lowRight: right?.min, highRight: right?.max }
  for (const [name, value] of Object.entries(told)) chart.root.dataset[name] = String(value)
}

/** The x value as it is read at the cursor. */
export function xLabel(value: number, x: XAxis): string {
  if (x === 'time') return formatTime(value * 1000)
  if (x === 'relative' || x === 'process') return formatDuration(value * 1000)
  return `${axisMetric(x) ?? 'step'} ${formatNumber(value)}`
}
