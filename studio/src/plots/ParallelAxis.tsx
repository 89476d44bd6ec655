import { useRef, useState } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { place, ticksOf } from './axis'
import type { Axis } from './axis'
import { brushOf, keyed, spanOf } from './axisBrush'
import type { Span } from './axisBrush'
import { useBoard } from './BoardContext'
import { cut, nameLines } from './options'
import type { Look } from './options'
import { atOf, yOf } from './parallelLayout'
import type { ParallelLayout } from './parallelLayout'

const LETTER = 6.8
/** Names are bold. */
const NAME_LETTER = 7.6
/** Half of the width in which an axis takes the pointer. */
const GRIP = 12
/** Shorter drags are clicks. */
const DRAG = 3

interface ParallelAxisProps {
  axis: Axis
  index: number
  layout: ParallelLayout
  look: Look
  onMove: (to: number) => void
}

/** An axis with its name, ticks and brush. Its name is dragged to move it, its line to brush it. */
export function ParallelAxis({ axis, index, layout, look, onMove }: ParallelAxisProps) {
  const { brushes, brush } = useBoard()
  const mine = brushes.find(({ key }) => key === axis.key)
  const span = mine === undefined ? null : spanOf(axis, mine)
  const x = layout.xs[index] ?? 0
  const [by, setBy] = useState(0)
  const drag = useDrag()
  const set = (next: Span | null, dragging = false) => brush(axis.key, next === null ? null : brushOf(axis, next), dragging)

  const onBrush = drag((start, event) => {
    const [one, other] = [atOf(layout, start.y), atOf(layout, start.y + event.clientY - start.clientY)]
    set([Math.min(one, other), Math.max(one, other)], true)
  }, (moved) => brush(axis.key, moved ? (mine ?? null) : null))
  const onCarry = drag((start, event) => setBy(event.clientX - start.clientX), () => {
    const to = index + Math.round(by / layout.apart)
    setBy(0)
    if (to !== index) onMove(Math.max(0, Math.min(layout.xs.length - 1, to)))
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const next = keyed(axis, span, event.key, event.shiftKey)
    if (event.key === 'ArrowLeft' && index > 0) onMove(index - 1)
    else if (event.key === 'ArrowRight' && index < layout.xs.length - 1) onMove(index + 1)
    else if (next !== undefined) set(next)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const room = Math.max(3, Math.floor((layout.apart - 10) / LETTER))
  const last = index === layout.xs.length - 1
  // Names at the ends reach into the margins, and those between them to both sides.
  const aside = index === 0 ? Math.min(x - 4, 40) : last ? 20 : 0
  const nameRoom = index === 0 || last ? aside + 0.55 * layout.apart : 0.85 * layout.apart
  const name = nameLines(axis.label, Math.max(3, Math.floor(nameRoom / NAME_LETTER)))
  const nameX = index === 0 ? -aside : aside
  const marks = ticksOf(axis, (layout.bottom - layout.top) / (axis.type === 'point' ? 14 : 44))
  return (
    <g
      transform={`translate(${x + by},0)`} role="group" aria-roledescription="axis" tabIndex={0} className="plot-axis" onKeyDown={onKeyDown}
      aria-label={`Axis ${axis.label}${mine === undefined ? '' : ', brushed'}. Up and down brush, Shift changes the size, Delete clears; left and right move the axis.`}
    >
      <title>{axis.label}</title>
      <line y1={layout.top} y2={layout.bottom} stroke={look.text} strokeOpacity={0.6} />
      {marks.map(({ value, label }) => (
        <g key={String(value)} transform={`translate(0,${yOf(layout, place(axis, value))})`}>
          <line x1={-4} x2={0} stroke={look.text} strokeOpacity={0.6} />
          <text x={-7} dy="0.32em" textAnchor="end" stroke={look.ground} strokeWidth={3} paintOrder="stroke">
            {cut(label, index === 0 ? 15 : Math.min(18, room))}
          </text>
        </g>
      ))}
      {span !== null && (
        <rect
          className="plot-brush" x={-7} width={14} y={yOf(layout, span[1])} height={Math.max(3, yOf(layout, span[0]) - yOf(layout, span[1]))}
          fill={look.strong} fillOpacity={0.18} stroke={look.strong} strokeOpacity={0.6}
        />
      )}
      <rect
        className="plot-axis-grip" data-axis={axis.key} x={-GRIP} width={2 * GRIP} y={layout.top - 4} height={layout.bottom - layout.top + 8} fill="transparent"
        {...onBrush}
      />
      <text
        className="plot-axis-name" textAnchor={index === 0 ? 'start' : last ? 'end' : 'middle'} fill={look.strong} fontWeight={600}
        {...onCarry}
      >
        {name.map((line, nth) => (
          <tspan key={nth} x={nameX} y={name.length === 1 ? 14 : 10 + 14 * nth} {...(nth + 1 < name.length ? { fill: look.text, fontWeight: 400 } : {})}>
            {line}
          </tspan>
        ))}
      </text>
    </g>
  )
}

interface DragStart {
  clientX: number
  clientY: number
  /** Within the drawing. */
  y: number
}

/** Handlers of a drag by pointer: told of each move, and at the end whether it moved at all. Escape is not needed: it is undone by a click. */
function useDrag() {
  const start = useRef<(DragStart & { moved: boolean }) | null>(null)
  return (onDrag: (from: DragStart, event: PointerEvent) => void, onEnd: (moved: boolean) => void) => ({
    onPointerDown: (event: PointerEvent<SVGElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      const top = event.currentTarget.ownerSVGElement?.getBoundingClientRect().top ?? 0
      start.current = { clientX: event.clientX, clientY: event.clientY, y: event.clientY - top, moved: false }
    },
    onPointerMove: (event: PointerEvent) => {
      const from = start.current
      if (from === null) return
      event.stopPropagation()
      from.moved ||= Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > DRAG
      if (from.moved) onDrag(from, event)
    },
    onPointerUp: () => {
      const moved = start.current?.moved
      start.current = null
      if (moved !== undefined) onEnd(moved)
    },
    // The stage would take it for a click at a run.
    onClick: (event: React.MouseEvent) => event.stopPropagation(),
  })
}
