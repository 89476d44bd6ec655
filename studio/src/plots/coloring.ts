// Colours of runs in a plot: each its own, or by a column with a legend.
import { PALETTE } from '../lib/colors'
import { axisOf, place, ticksOf, valueLabel } from './axis'
import type { Axis, Tick } from './axis'
import { pick } from './picking'
import type { RunTable } from './runTable'
import { distinct } from './values'

/** What has no colour of its own. */
export const GREY = '#8a8f98'
/** From low to high: apart for colour-blind readers by lightness, seen on white and on near-black. */
export const RAMP = ['#3456c4', '#7c4fc0', '#b8498f', '#d8604f', '#d48c1f'] as const

export type Legend =
  | { kind: 'ramp'; label: string; axis: Axis; ticks: Tick[] }
  | { kind: 'swatches'; label: string; entries: { label: string; color: string }[] }

export interface Coloring {
  of: (row: number) => string
  /** Null where each run has its own. */
  legend: Legend | null
  /** "2 without acc are grey" */
  reasons: string[]
}

/** `column` is '' for the runs' own colours. */
export function coloring(table: RunTable, column: string, log: boolean, own: ReadonlyMap<string, string>): Coloring {
  const found = column === '' ? undefined : table.column(column)
  if (found === undefined) {
    return { of: (row) => own.get(table.runs[row]?.run_id ?? '') ?? GREY, legend: null, reasons: [] }
  }
  const { rows } = pick([{ column: found, log }], table.runs.length)
  const grey = table.runs.length - rows.length
  const reasons = grey === 0 ? [] : [`${grey} without ${found.label} ${grey === 1 ? 'is' : 'are'} grey`]
  const values = found.values
  if (found.type === 'text') {
    const entries = distinct(values).map((value, index) => ({ value, label: valueLabel(value), color: PALETTE[index] ?? GREY }))
    const colors = new Map(entries.map(({ value, color }) => [value, color]))
    return { of: (row) => colors.get(values[row] ?? '') ?? GREY, legend: { kind: 'swatches', label: found.label, entries }, reasons }
  }
  const axis = axisOf(found, rows, log)
  const colored = new Set(rows)
  return {
    of: (row) => (colored.has(row) ? rampColor(place(axis, values[row] ?? 0)) : GREY),
    legend: { kind: 'ramp', label: found.label, axis, ticks: ticksOf(axis, 4) },
    reasons,
  }
}

/** The ramp's colour at a place from 0 to 1. */
export function rampColor(at: number): string {
  const scaled = Math.max(0, Math.min(1, at)) * (RAMP.length - 1)
  const index = Math.min(RAMP.length - 2, Math.floor(scaled))
  const [from, to] = [channels(RAMP[index] ?? GREY), channels(RAMP[index + 1] ?? GREY)]
  const mixed = from.map((value, channel) => Math.round(value + (scaled - index) * ((to[channel] ?? value) - value)))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

function channels(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
}
