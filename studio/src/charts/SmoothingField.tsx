import { Select } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { amountOf, SMOOTHING } from '../lib/smoothing'
import type { Smoothing, SmoothingKind } from '../lib/smoothing'

const SETTLED = 120

interface SmoothingFieldProps {
  value: Smoothing
  onChange: (value: Smoothing) => void
}

/** The kind of smoothing, and how much; the slider follows the hand at once, and asks the server when it rests. */
export function SmoothingField({ value, onChange }: SmoothingFieldProps) {
  const { kind } = value
  const { max, step, unit } = SMOOTHING[kind]
  const [present, setPresent] = useState(value.amount)
  useEffect(() => setPresent(value.amount), [value])
  useEffect(() => {
    if (present === value.amount) return
    const timer = setTimeout(() => onChange({ kind, amount: present }), SETTLED)
    return () => clearTimeout(timer)
    // `onChange` is a new function at each drawing and must not start the wait anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [present, value])
  return (
    <span className="chart-field">
      <Select
        aria-label="Smoothing"
        title="Smoothing"
        size="small"
        value={kind}
        // The amounts of different kinds have nothing to do with each other.
        onChange={(_event, { value: chosen }) => onChange({ kind: chosen as SmoothingKind, amount: 0 })}
      >
        {Object.entries(SMOOTHING).map(([name, { title }]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </Select>
      <input
        type="range"
        className="smoothing"
        aria-label={`Smoothing: ${unit}`}
        title={unit}
        min={0}
        max={max}
        step={step}
        value={present}
        onChange={(event) => setPresent(amountOf(kind, event.target.valueAsNumber))}
      />
      <output className="smoothing-value">{kind === 'ema' ? present.toFixed(2) : present}</output>
    </span>
  )
}
