// Observable Plot's options as pure functions of what a kind of plot comes to.
import * as Plot from '@observablehq/plot'
import { PALETTE } from '../lib/colors'
import { compact } from '../lib/ticks'
import { ticksOf, valueLabel } from './axis'
import type { Axis } from './axis'
import { rampColor } from './coloring'
import type { BarsData } from './kinds/bars'
import type { BoxesData } from './kinds/boxes'
import type { HistogramData } from './kinds/histogram'
import type { PointsData } from './kinds/points'
import type { RunTable } from './runTable'

/** Colours of the theme, spelled out so that a saved picture has them, too. */
export interface Look {
  text: string
  strong: string
  ground: string
}

export const LOOKS = {
  light: { text: '#616161', strong: '#242424', ground: '#ffffff' },
  dark: { text: '#adadad', strong: '#ffffff', ground: '#292929' },
} as const

export const FONT = '"Segoe UI", system-ui, sans-serif'

export interface Stage {
  width: number
  height: number
  look: Look
  table: RunTable
}

const LETTER = 6.8
const [ACCENT] = PALETTE

export function scatterOptions(data: PointsData, stage: Stage): Plot.PlotOptions {
  const index = data.rows.map((_row, at) => at)
  const radius = index.length > 300 ? 3 : 4.5
  const dots = Plot.dot(index, {
    x: data.xs, y: data.ys, r: radius, fill: data.rows.map(data.colors.of), fillOpacity: 0.85, stroke: stage.look.ground, strokeWidth: 0.75,
    render: tagged(idsOf(data.rows, stage.table)),
  })
  return framed(stage, data.y, { x: xOf(data.x, stage), y: yOf(data.y, stage), color: { type: 'identity' }, grid: true, marks: [dots] })
}

export function contourOptions(data: PointsData, stage: Stage): Plot.PlotOptions {
  const log = data.height?.type === 'log'
  const heights = log ? data.heights.map(Math.log10) : data.heights
  const index = data.rows.map((_row, at) => at)
  const marks = [
    Plot.contour(index, { x: data.xs, y: data.ys, fill: heights, interpolate: 'barycentric', blur: 3, thresholds: 12, stroke: stage.look.ground, strokeWidth: 0.5 }),
    Plot.dot(index, {
      x: data.xs, y: data.ys, r: 3, fill: stage.look.ground, stroke: stage.look.strong, render: tagged(idsOf(data.rows, stage.table)),
    }),
  ]
  const [low, high] = [Math.min(...heights), Math.max(...heights)]
  return framed(stage, data.y, {
    x: xOf(data.x, stage),
    y: yOf(data.y, stage),
    color: { type: 'linear', domain: [low, high > low ? high : low + 1], interpolate: rampColor },
    marks,
  })
}

export function barOptions(data: BarsData, stage: Stage): Plot.PlotOptions {
  const { bars, axis } = data
  const room = (stage.height - 54) / Math.max(1, bars.length)
  const named = room >= 11
  const base = axis.type === 'log' ? axis.min : 0
  const names = new Map(bars.map(({ key, label, row, count }) => [key, cut(row === null ? `${label} (${count})` : label, 22)]))
  const y = bars.map(({ key }) => key)
  const whiskers = bars.filter(({ deviation }) => deviation > 0)
  const longest = Math.max(...[...names.values()].map((name) => name.length))
  const marks = [
    Plot.barX(bars, {
      x1: base, x2: bars.map(({ value }) => value), y, fill: bars.map(({ color }) => (color === '' ? ACCENT : color)),
      insetTop: room > 6 ? 1 : 0, insetBottom: room > 6 ? 1 : 0,
      render: tagged(bars.map(({ row }) => idsOf(row === null ? [] : [row], stage.table)[0]), bars.map(barText)),
    }),
    Plot.ruleY(whiskers, {
      y: whiskers.map(({ key }) => key), x1: whiskers.map(({ value, deviation }) => Math.max(value - deviation, axis.type === 'log' ? axis.min : -Infinity)),
      x2: whiskers.map(({ value, deviation }) => value + deviation), stroke: stage.look.strong,
    }),
    Plot.ruleX([base], { stroke: stage.look.text, strokeOpacity: 0.5 }),
  ]
  return {
    ...framed(stage, null, {
      x: { ...xOf(axis, stage), inset: 0, insetRight: 8, grid: true },
      y: { type: 'band', domain: y, label: null, axis: named ? 'left' : null, tickSize: 0, tickFormat: (key: string) => names.get(key) ?? key, padding: room > 6 ? 0.1 : 0 },
      color: { type: 'identity' },
      marks,
    }),
    marginLeft: named ? Math.min(170, longest * LETTER + 18) : 16,
  }
}

function barText({ label, value, row, count, deviation }: BarsData['bars'][number]): string {
  return row !== null ? '' : `${label}\nmean ${compact(value)}\nstandard deviation ${compact(deviation)}\n${count} ${count === 1 ? 'run' : 'runs'}`
}

export function histogramOptions({ column, log, bins }: HistogramData, stage: Stage): Plot.PlotOptions {
  const text = column.type === 'text'
  const most = Math.max(...bins.map(({ rows }) => rows.length))
  const y: Plot.ScaleOptions = {
    label: 'runs', domain: [0, most], ticks: Math.min(most, Math.max(2, Math.round(stage.height / 48))), tickFormat: (count: number) => (Number.isInteger(count) ? compact(count) : ''), grid: true,
  }
  const tips = bins.map(({ label, rows, kept }) => `${label}\n${rows.length} ${rows.length === 1 ? 'run' : 'runs'}${kept < rows.length ? `, ${kept} inside the brushes` : ''}`)
  const counts = (of: (bin: HistogramData['bins'][number]) => number, opacity: number, render?: Plot.RenderFunction) => {
    const shared = { y: bins.map(of), fill: ACCENT, fillOpacity: opacity, ...(render === undefined ? {} : { render }) }
    return text
      ? Plot.barY(bins, { ...shared, x: bins.map(({ label }) => label) })
      : Plot.rectY(bins, { ...shared, x1: bins.map(({ from }) => from), x2: bins.map(({ to }) => to), insetLeft: 0.5, insetRight: 0.5 })
  }
  const marks = [
    counts(({ rows }) => rows.length, 0.25, tagged([], tips, bins.map((_bin, index) => String(index)))),
    counts(({ kept }) => kept, 0.9, untouchable),
    Plot.ruleY([0], { stroke: stage.look.text, strokeOpacity: 0.5 }),
  ]
  if (text) return { ...framed(stage, null, { y, marks }), ...bandX(bins.map(({ label }) => label), column.label, 40, stage) }
  const [from, to] = [bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1]
  const axis: Axis = { key: column.key, label: column.label, type: log ? 'log' : column.type === 'time' ? 'time' : 'linear', min: from, max: to, values: [] }
  return { ...framed(stage, null, { x: { ...xOf(axis, stage), inset: 0 }, y, marks }), marginLeft: 40 }
}

/** More runs than these would hide the boxes. */
const MOST_DOTS = 300

export function boxOptions({ boxes, axis, values, groupLabel }: BoxesData, stage: Stage): Plot.PlotOptions {
  const x = boxes.map(({ label }) => label)
  const each = boxes.flatMap(({ label, rows, low, high }) =>
    rows.flatMap((row) => {
      const value = values.get(row) ?? 0
      return values.size <= MOST_DOTS || value < low || value > high ? [{ label, row, value }] : []
    }),
  )
  const tips = boxes.map(({ label, rows, median, first, third, low, high }) =>
    [label, `median ${compact(median)}`, `quartiles ${compact(first)} to ${compact(third)}`, `whiskers ${compact(low)} to ${compact(high)}`, `${rows.length} ${rows.length === 1 ? 'run' : 'runs'}`].join('\n'),
  )
  const marks = [
    Plot.ruleX(boxes, { x, y1: boxes.map(({ low }) => low), y2: boxes.map(({ high }) => high), stroke: stage.look.text }),
    Plot.barY(boxes, {
      x, y1: boxes.map(({ first }) => first), y2: boxes.map(({ third }) => third), fill: ACCENT, fillOpacity: 0.3, stroke: ACCENT,
      render: tagged([], tips),
    }),
    Plot.tickY(boxes, { x, y: boxes.map(({ median }) => median), stroke: stage.look.strong, strokeWidth: 2 }),
    Plot.dot(each, {
      x: each.map(({ label }) => label), y: each.map(({ value }) => value), r: 2.5, fill: stage.look.strong, fillOpacity: 0.6,
      render: tagged(idsOf(each.map(({ row }) => row), stage.table)),
    }),
  ]
  return { ...framed(stage, axis, { y: yOf(axis, stage), grid: true, marks }), ...bandX(x, groupLabel, leftMargin(axis), stage) }
}

const BAND_LETTERS = 14

/** Names below a band axis, slanted where they would not fit beside each other. */
function bandX(names: readonly string[], label: string, left: number, { width }: Stage): Plot.PlotOptions {
  const room = (width - 80) / Math.max(1, names.length)
  const longest = Math.max(...names.map((name) => Math.min(name.length, BAND_LETTERS)))
  const slanted = longest * LETTER + 8 > room
  const every = Math.max(1, Math.ceil(14 / room))
  const x: Plot.ScaleOptions = {
    type: 'band', domain: [...names], label: label === '' ? null : cutName(label, 32), tickSize: 0, padding: 0.15,
    tickFormat: (name: string, index: number) => (index % every === 0 ? cut(name, BAND_LETTERS) : ''),
    ...(slanted ? { tickRotate: -35 } : {}),
  }
  // The first name reaches to the left of its band.
  return slanted ? { x, marginBottom: longest * LETTER * 0.6 + 36, marginLeft: Math.max(left, longest * LETTER * 0.8) } : { x, marginBottom: 36, marginLeft: left }
}

function framed({ width, height, look }: Stage, y: Axis | null, options: Plot.PlotOptions): Plot.PlotOptions {
  return {
    width,
    height,
    marginTop: 24,
    marginRight: 16,
    marginBottom: 36,
    marginLeft: y === null ? 48 : leftMargin(y),
    style: { background: 'transparent', color: look.text, fontFamily: FONT, fontSize: '11px', overflow: 'visible' },
    ...options,
  }
}

function leftMargin(axis: Axis): number {
  const longest = Math.max(2, ...ticksOf(axis, 6).map(({ label }) => Math.min(label.length, MOST_LETTERS)))
  return Math.round(Math.min(140, longest * LETTER + 18))
}

function xOf(axis: Axis, { width }: Stage): Plot.ScaleOptions {
  const longest = Math.max(...axis.values.map((value) => Math.min(MOST_LETTERS, valueLabel(value).length)))
  return scaleOf(axis, axis.type === 'point' ? width / (longest * LETTER + 16) : width / 90)
}

function yOf(axis: Axis, { height }: Stage): Plot.ScaleOptions {
  // Above the axis, where a long name has room.
  return { ...scaleOf(axis, axis.type === 'point' ? height / 20 : height / 48), labelAnchor: 'top' }
}

/** Of a tick's label. */
const MOST_LETTERS = 16

function scaleOf(axis: Axis, wanted: number): Plot.ScaleOptions {
  const ticks = ticksOf(axis, Math.max(2, Math.floor(wanted)))
  const labels = new Map(ticks.map(({ value, label }) => [value, label]))
  const shared = {
    label: cutName(axis.label, 32), ticks: ticks.map(({ value }) => value), inset: 8,
    tickFormat: (value: number | string) => cut(labels.get(value) ?? valueLabel(value), MOST_LETTERS),
  }
  if (axis.type === 'point') return { ...shared, type: 'point', domain: [...axis.values] }
  return { ...shared, type: axis.type === 'log' ? 'log' : 'linear', domain: apart(axis) }
}

/** The bounds, opened around a single value. */
function apart({ type, min, max }: Axis): [number, number] {
  if (min < max) return [min, max]
  return type === 'log' ? [min / 2, min * 2] : [min - (Math.abs(min) / 2 || 0.5), min + (Math.abs(min) / 2 || 0.5)]
}

/** A name that is cut; of one with slashes the end is kept, which tells it from others. */
export function cutName(name: string, most: number): string {
  return name.length > most && name.includes('/') ? `…${name.slice(1 - most)}` : cut(name, most)
}

/** A name in one line if it fits, else with what stands before its last slash above. */
export function nameLines(name: string, most: number): string[] {
  const at = name.lastIndexOf('/')
  if (name.length <= most || at <= 0 || at === name.length - 1) return [cut(name, most)]
  return [cutName(name.slice(0, at + 1), most), cut(name.slice(at + 1), most)]
}

/** Long names are cut; the tip has them whole. */
export function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

function idsOf(rows: readonly number[], table: RunTable): (string | undefined)[] {
  return rows.map((row) => table.runs[row]?.run_id)
}

/** Marks each drawn element with its run, or with what is said about it. */
function tagged(ids: readonly (string | undefined)[], tips: readonly string[] = [], bins: readonly string[] = []): Plot.RenderFunction {
  return (index, scales, values, dimensions, context, next) => {
    const group = next?.(index, scales, values, dimensions, context) ?? null
    index.forEach((at, nth) => {
      const element = group?.children[nth]
      for (const [name, list] of [['data-run', ids], ['data-tip', tips], ['data-bin', bins]] as const) {
        const text = list[at]
        if (text !== undefined && text !== '') element?.setAttribute(name, text)
      }
    })
    return group
  }
}

const untouchable: Plot.RenderFunction = (index, scales, values, dimensions, context, next) => {
  const group = next?.(index, scales, values, dimensions, context) ?? null
  group?.setAttribute('pointer-events', 'none')
  return group
}
