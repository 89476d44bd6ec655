import { Select } from '@fluentui/react-components'
import { useId, useMemo } from 'react'
import type { Comparison } from '../../api/types'
import type { ChangeView } from '../../charts/useMetricsView'
import { BANDS, CENTERS, readGrouping, writeGrouping } from '../../lib/grouping'
import type { GroupBand, GroupCenter, Grouping } from '../../lib/grouping'
import { groupingNames } from './compareCharts'

interface GroupFieldProps {
  group: Grouping | null
  change: ChangeView
  data: Comparison
}

const USUAL = { center: 'mean', band: 'std' } as const

/** By what runs are drawn as groups, and what a group's curve and band are. */
export function GroupField({ group, change, data }: GroupFieldProps) {
  const label = useId()
  const names = useMemo(() => groupingNames(data), [data])
  const key = (of: Pick<Grouping, 'kind' | 'name'>) => writeGrouping({ ...of, ...USUAL })
  const known = group === null || names.some(({ kind, name }) => kind === group.kind && name === group.name)
  const offered = known ? names : [...names, group]
  if (offered.length === 0) return null
  const choose = (text: string) => {
    const chosen = readGrouping(text)
    change({ group: chosen && { ...chosen, center: group?.center ?? chosen.center, band: group?.band ?? chosen.band } })
  }
  return (
    <span className="chart-field">
      <label htmlFor={label}>Group by</label>
      <Select id={label} size="small" value={group === null ? '' : key(group)} onChange={(_event, { value }) => choose(value)}>
        <option value="">Nothing</option>
        {offered.map((each) => (
          <option key={key(each)} value={key(each)}>
            {each.kind === 'param' ? each.name : `${each.name} (tag)`}
          </option>
        ))}
      </Select>
      {group !== null && (
        <>
          <Choice label="Middle of a group" options={CENTERS} value={group.center} onChange={(center) => change({ group: { ...group, center: center as GroupCenter } })} />
          <Choice label="Band of a group" options={BANDS} value={group.band} onChange={(band) => change({ group: { ...group, band: band as GroupBand } })} />
        </>
      )}
    </span>
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
