import type { KeyboardEvent, PointerEvent } from 'react'

interface SplitterProps {
  label: string
  /** The part at the left, from 0 to 1. */
  value: number
  least: number
  most: number
  /** `done` is false while the hand still moves. */
  onChange: (value: number, done: boolean) => void
}

const STEP = 0.02

/** The line between two parts of a page: drag it, or move it by the arrow keys. */
export function Splitter({ label, value, least, most, onChange }: SplitterProps) {
  const within = (wanted: number) => Math.round(Math.min(most, Math.max(least, wanted)) * 1000) / 1000
  const start = (down: PointerEvent<HTMLDivElement>) => {
    const line = down.currentTarget
    const whole = line.parentElement?.getBoundingClientRect()
    if (whole === undefined || down.button !== 0) return
    line.setPointerCapture(down.pointerId)
    down.preventDefault()
    line.focus()
    let last = value
    const move = (event: globalThis.PointerEvent) => {
      last = within((event.clientX - whole.left) / whole.width)
      onChange(last, false)
    }
    const end = () => {
      line.removeEventListener('pointermove', move)
      line.removeEventListener('pointerup', end)
      line.removeEventListener('pointercancel', end)
      onChange(last, true)
    }
    line.addEventListener('pointermove', move)
    line.addEventListener('pointerup', end)
    line.addEventListener('pointercancel', end)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP, Home: -1, End: 1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    onChange(within(value + by), true)
  }
  return (
    <div
      className="splitter" role="separator" aria-orientation="vertical" aria-label={label} tabIndex={0}
      aria-valuenow={Math.round(value * 100)} aria-valuemin={Math.round(least * 100)} aria-valuemax={Math.round(most * 100)}
      onPointerDown={start} onKeyDown={onKeyDown}
    />
  )
}
