import type { PointerEvent } from 'react'

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
  const start = (down: PointerEvent<HTMLSpanElement>) => {
    const corner = down.currentTarget
    corner.setPointerCapture(down.pointerId)
    down.preventDefault()
    const at = (event: globalThis.PointerEvent): Size => ({
      width: Math.max(120, size.width + event.clientX - down.clientX),
      height: Math.max(120, size.height + event.clientY - down.clientY),
    })
    const move = (event: globalThis.PointerEvent) => onMove(at(event))
    const end = (event: globalThis.PointerEvent) => {
      corner.removeEventListener('pointermove', move)
      corner.removeEventListener('pointerup', end)
      onEnd(at(event))
    }
    corner.addEventListener('pointermove', move)
    corner.addEventListener('pointerup', end)
  }
  return <span className="chart-corner" title="Drag to resize" aria-hidden onPointerDown={start} />
}
