import { useRef } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { LEAST_WIDTH, MOST_WIDTH } from '../../lib/jobsState'
import { fittingWidth } from './fittingWidth'

const STEP = 8

interface ResizeHandleProps {
  title: string
  width: number
  onResize: (width: number | null, done: boolean) => void
}

/**
 * The right edge of a column: drag it, or press it twice to fit what the column shows. The column's menu leads to it by
 * keyboard; there arrow keys resize and Enter or Escape ends.
 */
export function ResizeHandle({ title, width, onResize }: ResizeHandleProps) {
  const start = useRef<{ x: number; width: number } | null>(null)
  const press = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.preventDefault()
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { x: event.clientX, width }
  }
  const moved = (event: PointerEvent) => {
    const { x, width: from } = start.current ?? { x: 0, width: 0 }
    return Math.max(LEAST_WIDTH, from + event.clientX - x)
  }
  const release = (event: PointerEvent) => {
    if (start.current === null) return
    const next = moved(event)
    const changed = event.clientX !== start.current.x
    start.current = null
    if (changed) onResize(next, true)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
    if (step !== undefined) onResize(width + step, true)
    else if (event.key === 'Enter' || event.key === 'Escape') {
      event.currentTarget.parentElement?.querySelector<HTMLElement>('button')?.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <span
      role="separator" tabIndex={-1} className="jobs-resize" aria-orientation="vertical" aria-label={`Width of ${title}`}
      aria-valuenow={width} aria-valuemin={LEAST_WIDTH} aria-valuemax={MOST_WIDTH}
      onPointerDown={press}
      onPointerMove={(event) => start.current !== null && onResize(moved(event), false)}
      onPointerUp={release}
      onPointerCancel={() => {
        start.current = null
        onResize(width, true)
      }}
      onDoubleClick={(event) => onResize(fittingWidth(event.currentTarget), true)}
      onKeyDown={onKeyDown}
    />
  )
}
