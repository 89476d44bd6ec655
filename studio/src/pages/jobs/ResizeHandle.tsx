import type { KeyboardEvent } from 'react'
import { useDrag } from '../../components/useDrag'
import type { Distance } from '../../components/useDrag'
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
  const wide = (from: number, by: Distance) => Math.max(LEAST_WIDTH, from + by.x)
  const drag = useDrag({
    begin: (down) => {
      down.preventDefault()
      // Else the column's title would be dragged.
      down.stopPropagation()
      return width
    },
    move: (from, by) => onResize(wide(from, by), false),
    end: (from, by) => {
      if (by === null) onResize(width, true)
      // Two presses without a move fit the column.
      else if (by.x !== 0) onResize(wide(from, by), true)
    },
  })
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
      {...drag}
      onDoubleClick={(event) => onResize(fittingWidth(event.currentTarget), true)}
      onKeyDown={onKeyDown}
    />
  )
}
