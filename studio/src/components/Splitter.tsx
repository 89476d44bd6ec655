import type { KeyboardEvent } from 'react'
import { useDrag } from './useDrag'

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
  const drag = useDrag({
    begin: (down) => {
      const whole = down.currentTarget.parentElement?.getBoundingClientRect()
      if (whole === undefined) return null
      down.preventDefault()
      down.currentTarget.focus()
      return { value, width: whole.width }
    },
    move: (from, by) => onChange(within(from.value + by.x / from.width), false),
    end: (from, by) => onChange(by === null ? value : within(from.value + by.x / from.width), true),
  })
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
      {...drag} onKeyDown={onKeyDown}
    />
  )
}
