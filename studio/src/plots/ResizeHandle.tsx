import { useRef } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { MOST_HEIGHT, MOST_WIDTH } from './spec'

interface ResizeHandleProps {
  name: string
  width: number
  height: number
  onResize: (width: number, height: number) => void
}

/** The corner of a card: dragged, or moved by the arrow keys, it changes how many columns and steps the card has. */
export function ResizeHandle({ name, width, height, onResize }: ResizeHandleProps) {
  const start = useRef<{ x: number; y: number; card: DOMRect } | null>(null)
  const set = (columns: number, steps: number) => {
    const [wide, tall] = [within(columns, MOST_WIDTH), within(steps, MOST_HEIGHT)]
    if (wide !== width || tall !== height) onResize(wide, tall)
  }
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    const card = event.currentTarget.closest('.plot-card')?.getBoundingClientRect()
    if (card === undefined) return
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, y: event.clientY, card }
  }
  const onPointerMove = ({ clientX, clientY }: PointerEvent) => {
    const from = start.current
    if (from === null) return
    const column = from.card.width / startColumns.current
    const step = from.card.height / (startSteps.current + 1)
    set(Math.round((from.card.width + clientX - from.x) / column), Math.round((from.card.height + clientY - from.y) / step) - 1)
  }
  // As they were when the drag began: the card grows under the pointer.
  const [startColumns, startSteps] = [useRef(width), useRef(height)]
  if (start.current === null) [startColumns.current, startSteps.current] = [width, height]
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key]
    if (step === undefined) return
    event.preventDefault()
    set(width + (step[0] ?? 0), height + (step[1] ?? 0))
  }
  return (
    <button
      type="button" className="plot-resize" aria-label={`Size of ${name}: ${width} by ${height}; arrow keys change it`} title="Drag to resize"
      onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={() => (start.current = null)} onKeyDown={onKeyDown}
    />
  )
}

function within(number: number, most: number): number {
  return Math.max(1, Math.min(most, number))
}
