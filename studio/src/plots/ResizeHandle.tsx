import type { KeyboardEvent } from 'react'
import { useDrag } from '../components/useDrag'
import { MOST_HEIGHT, MOST_WIDTH } from './spec'

interface ResizeHandleProps {
  name: string
  width: number
  height: number
  onResize: (width: number, height: number) => void
}

/** The corner of a card: dragged, or moved by the arrow keys, it changes how many columns and steps the card has. */
export function ResizeHandle({ name, width, height, onResize }: ResizeHandleProps) {
  const set = (columns: number, steps: number) => {
    const [wide, tall] = [within(columns, MOST_WIDTH), within(steps, MOST_HEIGHT)]
    if (wide !== width || tall !== height) onResize(wide, tall)
  }
  const drag = useDrag({
    // As they are when the drag begins: the card grows under the pointer.
    begin: (down) => {
      const card = down.currentTarget.closest('.plot-card')?.getBoundingClientRect()
      return card === undefined ? null : { card, column: card.width / width, step: card.height / (height + 1) }
    },
    move: ({ card, column, step }, by) => set(Math.round((card.width + by.x) / column), Math.round((card.height + by.y) / step) - 1),
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key]
    if (step === undefined) return
    event.preventDefault()
    set(width + (step[0] ?? 0), height + (step[1] ?? 0))
  }
  return (
    <button
      type="button" className="plot-resize" aria-label={`Size of ${name}: ${width} by ${height}; arrow keys change it`} title="Drag to resize"
      {...drag} onKeyDown={onKeyDown}
    />
  )
}

function within(number: number, most: number): number {
  return Math.max(1, Math.min(most, number))
}
