import { useRef } from 'react'
import type { PointerEvent } from 'react'

/** How far the pointer has gone, in CSS pixels. */
export interface Distance {
  x: number
  y: number
}

interface DragSteps<Start> {
  /** What the drag began with, or null for none. */
  begin: (down: PointerEvent<HTMLElement>) => Start | null
  move: (start: Start, by: Distance) => void
  /** `by` is null where the system took the pointer away. */
  end?: (start: Start, by: Distance | null) => void
}

/** Handlers of an element that is dragged: the pointer is its own until it is let go. */
export function useDrag<Start>({ begin, move, end }: DragSteps<Start>) {
  const drag = useRef<{ start: Start; x: number; y: number } | null>(null)
  const distance = ({ clientX, clientY }: PointerEvent, { x, y }: Distance): Distance => ({ x: clientX - x, y: clientY - y })
  const stop = (event: PointerEvent, taken: boolean) => {
    const { current } = drag
    drag.current = null
    if (current !== null) end?.(current.start, taken ? null : distance(event, current))
  }
  return {
    onPointerDown: (down: PointerEvent<HTMLElement>) => {
      const start = down.button === 0 ? begin(down) : null
      if (start === null) return
      down.currentTarget.setPointerCapture(down.pointerId)
      drag.current = { start, x: down.clientX, y: down.clientY }
    },
    onPointerMove: (event: PointerEvent) => {
      if (drag.current !== null) move(drag.current.start, distance(event, drag.current))
    },
    onPointerUp: (event: PointerEvent) => stop(event, false),
    onPointerCancel: (event: PointerEvent) => stop(event, true),
  }
}
