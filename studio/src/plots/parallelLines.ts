// The lines of parallel coordinates: on a canvas while one looks at them, as paths where they are saved or stand out.
import { nearestLine, linePath, yOf } from './parallelLayout'
import type { ParallelLayout } from './parallelLayout'
import type { ParallelData, ParallelLine } from './kinds/parallel'
import type { RunShapes, RunState } from './runShapes'
import { STATE_OPACITY } from './runShapes'
import type { RunTable } from './runTable'

const SVG = 'http://www.w3.org/2000/svg'

/** The more lines, the fainter each: where many lie on each other is still seen. Browsers draw lines of one pixel several times as fast. */
function lookOf(lines: number): { wide: number; opacity: number } {
  if (lines > 300) return { wide: 1, opacity: 0.4 }
  return { wide: 1.25, opacity: lines > 60 ? 0.5 : 0.75 }
}

export interface DrawnLines {
  data: ParallelData
  /** Of each line. */
  paths: readonly Path2D[]
  width: number
  height: number
}

export function drawnLines(data: ParallelData, layout: ParallelLayout, width: number, height: number): DrawnLines {
  return { data, paths: data.lines.map((line) => new Path2D(linePath(line, layout))), width, height }
}

/** Draws those lines that have an opacity. */
export function drawLines(canvas: HTMLCanvasElement, { data, paths, width, height }: DrawnLines, opacityAt: (row: number) => number): void {
  const scale = devicePixelRatio
  const context = canvas.getContext('2d')
  if (context === null) return
  // Setting the size clears it, and costs an allocation.
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)]
  if (canvas.width !== across || canvas.height !== down) Object.assign(canvas, { width: across, height: down })
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(0, 0, across, down)
  context.scale(scale, scale)
  const { wide, opacity } = lookOf(paths.length)
  context.lineWidth = wide
  data.lines.forEach(({ row }, index) => {
    const own = opacityAt(row)
    const path = paths[index]
    if (own === 0 || path === undefined) return
    context.globalAlpha = opacity * own
    context.strokeStyle = data.colors.of(row)
    context.stroke(path)
  })
}

/** The same lines as a group of paths. */
export function linesGroup(data: ParallelData, layout: ParallelLayout, stateOf: (row: number) => RunState): SVGGElement {
  const group = lineGroup(data)
  const behind = (line: ParallelLine) => (stateOf(line.row) === 'out' ? 0 : 1)
  for (const line of [...data.lines].sort((one, other) => behind(one) - behind(other))) {
    const path = linePathElement(data, layout, line)
    const state = stateOf(line.row)
    if (state !== '') path.setAttribute('opacity', String(STATE_OPACITY[state]))
    group.append(path)
  }
  return group
}

/** Where lines are, for the pointer, the keyboard and what stands out. */
export function lineShapes(data: ParallelData, layout: ParallelLayout, table: RunTable, kept: readonly boolean[], size: { width: number; height: number }): RunShapes {
  const lineOf = (run: string) => {
    const row = table.runs.findIndex(({ run_id: id }) => id === run)
    return data.lines.find((line) => line.row === row)
  }
  return {
    nearest: (x, y) => {
      const row = nearestLine(data, layout, x, y, (each) => kept[each] !== false)
      return row === null ? null : (table.runs[row]?.run_id ?? null)
    },
    elements: (run) => {
      const line = lineOf(run)
      if (line === undefined) return []
      const drawing = document.createElementNS(SVG, 'svg')
      for (const [name, value] of Object.entries({ ...size, viewBox: `0 0 ${size.width} ${size.height}` })) drawing.setAttribute(name, String(value))
      const path = linePathElement(data, layout, line)
      drawing.append(lineGroup(data))
      drawing.firstElementChild?.append(path)
      return [path]
    },
    place: (run) => {
      const line = lineOf(run)
      const heights = line?.places.flatMap((at) => (at === null ? [] : [yOf(layout, at)])) ?? []
      return heights.length === 0 ? [0, 0] : [size.width / 2, (Math.min(...heights) + Math.max(...heights)) / 2]
    },
  }
}

function lineGroup(data: ParallelData): SVGGElement {
  const group = document.createElementNS(SVG, 'g')
  const { wide, opacity } = lookOf(data.lines.length)
  const attributes = { fill: 'none', 'stroke-width': wide, 'stroke-opacity': opacity }
  for (const [name, value] of Object.entries(attributes)) group.setAttribute(name, String(value))
  return group
}

function linePathElement(data: ParallelData, layout: ParallelLayout, line: ParallelLine): SVGPathElement {
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', linePath(line, layout))
  path.setAttribute('stroke', data.colors.of(line.row))
  return path
}
