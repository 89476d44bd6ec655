import { useDrag } from '../components/useDrag'
import type { Distance } from '../components/useDrag'

const LEAST = 120

export interface Size {
  width: number
  height: number
}

interface ResizeCornerProps {
  size: Size
  /** Told while the corner moves, and once when it is let go. */
  onMove: (size: Size) => void
  onEnd: (size: Size) => void
}

/** The corner by which a chart is made wider or higher; the same can be typed in its editor. */
export function ResizeCorner({ size, onMove, onEnd }: ResizeCornerProps) {
  const at = (from: Size, by: Distance): Size => ({ width: Math.max(LEAST, from.width + by.x), height: Math.max(LEAST, from.height + by.y) })
  const drag = useDrag({
    begin: (down) => {
      down.preventDefault()
      return size
    },
    move: (from, by) => onMove(at(from, by)),
    end: (from, by) => onEnd(by === null ? from : at(from, by)),
  })
  return <span className="chart-corner" title="Drag to resize" aria-hidden {...drag} />
}
