import { Select } from '@fluentui/react-components'
import { BANDS, CENTERS } from '../lib/grouping'
import type { GroupBand, GroupCenter, Grouping } from '../lib/grouping'

interface GroupShapeProps {
  group: Grouping
  onChange: (group: Grouping) => void
}

/** What a group's curve and band are. */
export function GroupShape({ group, onChange }: GroupShapeProps) {
  return (
    <>
      <Choice label="Middle of a group" options={CENTERS} value={group.center} onChange={(center) => onChange({ ...group, center: center as GroupCenter })} />
      <Choice label="Band of a group" options={BANDS} value={group.band} onChange={(band) => onChange({ ...group, band: band as GroupBand })} />
    </>
  )
}

interface ChoiceProps {
  label: string
  options: Readonly<Record<string, string>>
  value: string
  onChange: (value: string) => void
}

function Choice({ label, options, value, onChange }: ChoiceProps) {
  return (
    <Select size="small" aria-label={label} title={label} value={value} onChange={(_event, data) => onChange(data.value)}>
      {Object.entries(options).map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </Select>
  )
}
