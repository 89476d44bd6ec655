// The axes of a chart: their figures and lines.
import type uPlot from 'uplot'
import type { XAxis } from './chartView'
import { logFigures, logTicks } from './logTicks'
import { distinct, DURATION_STEPS, durationTick, multiples, ROOM_BESIDE, timeTick } from './ticks'

export interface ChartTheme {
  text: string
  grid: string
}

/** What the axes of a chart are like. */
export interface Axes {
  x: XAxis
  logX: boolean
  /** Of the y axis at the left and at the right. */
  log: boolean
  logRight: boolean
  /** For each curve whether it belongs to the axis at the right. */
  right: readonly boolean[]
}

/** Sizes in CSS pixels: of the y axis with its figures, of the room at the right and above, and of the x axis. */
export const Y_AXIS = 56
export const RIGHT = 16
export const ABOVE = 8
const X_AXIS = 24
/** The scale of the axis at the right; that at the left is uPlot's own. */
export const Y_RIGHT = 'y2'
const FONT = '11px "Segoe UI", system-ui, sans-serif'
// uPlot's enums exist in its types only.
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
const AT_RIGHT = 1 as uPlot.Axis.Side

export function hasRight({ right }: Axes): boolean {
  return right.includes(true)
}

export function chartAxes(axes: Axes, theme: ChartTheme): uPlot.Axis[] {
  const { x, logX, log, logRight } = axes
  const look = { stroke: theme.text, font: FONT, ticks: { show: false } }
  const grid = { stroke: theme.grid, width: 1 }
  const figures = (logarithmic: boolean): uPlot.Axis => ({
    ...look,
    size: Y_AXIS,
    gap: 4,
    space: 28,
    ...(logarithmic
      ? {
          splits: (chart, _axis, min, max) => logYTicks(min, max, chart.height - ABOVE - X_AXIS),
          filter: all,
          values: (_chart, splits) => logFigures(splits, ROOM_BESIDE),
        }
      : { splits: evenSplits, values: (_chart, splits, _axis, _space, step) => splits.map((split) => distinct(split, step, ROOM_BESIDE)) }),
  })
  return [
    {
      ...look,
      grid,
      size: X_AXIS,
      gap: 4,
      space: 72,
      ...(logX
        ? {
            splits: (chart, _axis, min, max) => logXTicks(min, max, widthOf(chart, axes), x),
            filter: all,
            values: (chart, splits) => logXFigures(splits, x).map((label, index) => fitting(chart, axes, splits[index] ?? 0, label)),
          }
        : {
            ...(x === 'time' ? {} : { splits: evenSplits }),
            ...(isDuration(x) ? { incrs: DURATION_STEPS } : {}),
            values: (chart, splits, _axis, _space, step) => splits.map((split) => fitting(chart, axes, split, xTick(split, step, x))),
          }),
    },
    { ...figures(log), grid },
    ...(hasRight(axes) ? [{ ...figures(logRight), side: AT_RIGHT, scale: Y_RIGHT, grid: { show: false } }] : []),
  ]
}

/** uPlot's own would add steps for ever where a step is too small to change the number. */
const evenSplits: uPlot.Axis.Splits = (_chart, _axis, min, max, step) => multiples(min, max, step)

/** uPlot's own would leave out figures of a logarithmic axis by rules that know nothing of what was chosen here. */
const all: uPlot.Axis.Filter = (_chart, splits) => splits

function isDuration(x: XAxis): boolean {
  return x === 'relative' || x === 'process'
}

export function xTick(value: number, step: number, x: XAxis): string {
  if (x === 'time') return timeTick(value, step)
  if (isDuration(x)) return durationTick(value, step)
  return x !== 'step' || Number.isInteger(value) ? distinct(value, step) : ''
}

/** Pixels between two figures of a logarithmic axis: above each other, and beside each other. */
const LOG_SPACE = 24
const LOG_SPACE_BESIDE = 48

/** The figures of a logarithmic x axis that is so many pixels wide. */
export function logXTicks(from: number, to: number, width: number, x: XAxis): number[] {
  return logTicks(from, to, LOG_SPACE_BESIDE / width, isDuration(x) ? 'duration' : x === 'step' ? 'whole' : 'number')
}

export function logXFigures(ticks: readonly number[], x: XAxis): string[] {
  // Each as exact as it is: these figures are no multiples of one step.
  return isDuration(x) ? ticks.map((value) => durationTick(value, value % 60 === 0 ? 60 : Number.isInteger(value) ? 1 : 0.001)) : logFigures(ticks)
}

/** The figures of a logarithmic y axis that is so many pixels high. */
export function logYTicks(from: number, to: number, height: number): number[] {
  return logTicks(from, to, LOG_SPACE / height)
}

function widthOf(chart: uPlot, axes: Axes): number {
  return chart.width - Y_AXIS - (hasRight(axes) ? Y_AXIS : RIGHT)
}

/** Half of a character of the axes' font, roughly. */
const HALF_LETTER = 3.2

/** A label, unless the chart's right edge would cut it. */
function fitting(chart: uPlot, axes: Axes, value: number, label: string): string {
  const { min, max } = chart.scales['x'] ?? {}
  if (min == null || max == null) return label
  const share = axes.logX ? Math.log(max / value) / Math.log(max / min) : (max - value) / (max - min)
  const room = (hasRight(axes) ? Y_AXIS : RIGHT) + share * widthOf(chart, axes)
  return room < label.length * HALF_LETTER ? '' : label
}
