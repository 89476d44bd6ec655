// Where parallel coordinates are drawn.
import { ticksOf } from './axis'
import type { Axis } from './axis'
import type { ParallelData, ParallelLine } from './kinds/parallel'

export interface ParallelLayout {
  /** Of each axis. */
  xs: readonly number[]
  top: number
  bottom: number
  /** Pixels between two axes. */
  apart: number
}

const TOP = 34
const BOTTOM = 12
const RIGHT = 28
const LETTER = 6.2
/** How far from a line the pointer may be. */
const REACH = 14

export function parallelLayout(axes: readonly Axis[], width: number, height: number): ParallelLayout {
  const [first] = axes
  const longest = first === undefined ? 0 : Math.max(...ticksOf(first, 6).map(({ label }) => label.length))
  const left = Math.max(36, Math.min(110, longest * LETTER + 16))
  const apart = (width - left - RIGHT) / Math.max(1, axes.length - 1)
  return { xs: axes.map((_axis, index) => left + index * apart), top: TOP, bottom: height - BOTTOM, apart }
}

export function yOf({ top, bottom }: ParallelLayout, at: number): number {
  return bottom - at * (bottom - top)
}

export function atOf({ top, bottom }: ParallelLayout, y: number): number {
  return Math.max(0, Math.min(1, (bottom - y) / (bottom - top)))
}

/** An SVG path that breaks where the run has no value. */
export function linePath({ places }: ParallelLine, layout: ParallelLayout): string {
  return places
    .map((at, index) => {
      if (at === null) return ''
      const before = places[index - 1] ?? null
      return `${before === null ? 'M' : 'L'}${(layout.xs[index] ?? 0).toFixed(1)},${yOf(layout, at).toFixed(1)}`
    })
    .join('')
}

/** The row of the line nearest to a place, among those that count; null when all are far. */
export function nearestLine(data: ParallelData, layout: ParallelLayout, x: number, y: number, counts: (row: number) => boolean): number | null {
  const right = layout.xs.findIndex((each) => each >= x)
  const index = right < 0 ? layout.xs.length - 1 : Math.max(1, right)
  const part = (x - (layout.xs[index - 1] ?? 0)) / layout.apart
  if (part < -0.1 || part > 1.1) return null
  let [found, distance]: [number | null, number] = [null, REACH]
  for (const { row, places } of data.lines) {
    const [from, to] = [places[index - 1] ?? null, places[index] ?? null]
    if (from === null || to === null || !counts(row)) continue
    const far = Math.abs(yOf(layout, from + part * (to - from)) - y)
    if (far < distance) [found, distance] = [row, far]
  }
  return found
}
