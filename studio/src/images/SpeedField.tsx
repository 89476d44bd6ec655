import { Select } from '@fluentui/react-components'
import { useId } from 'react'
import { SPEEDS } from '../lib/imagesState'

/** How fast images play. */
export function SpeedField({ speed, onChange }: { speed: number; onChange: (speed: number) => void }) {
  const label = useId()
  return (
    <>
      <label htmlFor={label}>Speed</label>
      <Select id={label} size="small" value={String(speed)} onChange={(_event, { value }) => onChange(Number(value))}>
        {SPEEDS.map((each) => (
          <option key={each} value={each}>
            {each} per second
          </option>
        ))}
      </Select>
    </>
  )
}
