import { Select } from '@fluentui/react-components'
import { useMemo } from 'react'
import type { Comparison } from '../../api/types'
import { GroupShape } from '../../charts/GroupShape'
import type { ChangeView } from '../../charts/useMetricsView'
import { USUAL_SHAPE, readGrouping, writeGrouping } from '../../lib/grouping'
import type { Grouping } from '../../lib/grouping'
import { groupingNames } from '../../charts/runCharts'

interface GroupFieldProps {
  group: Grouping | null
  change: ChangeView
  data: Comparison
}

const KINDS = { param: '', tag: ' (tag)', attribute: ' (field)' } as const

/** By what runs are drawn as groups, and what a group's curve and band are. */
export function GroupField({ group, change, data }: GroupFieldProps) {
  const names = useMemo(() => groupingNames(data), [data])
  const key = (of: Pick<Grouping, 'kind' | 'name'>) => writeGrouping({ ...of, ...USUAL_SHAPE })
  const known = group === null || names.some(({ kind, name }) => kind === group.kind && name === group.name)
  const offered = known ? names : [...names, group]
  if (offered.length === 0) return null
  const choose = (text: string) => {
    const chosen = readGrouping(text)
    change({ group: chosen && { ...chosen, center: group?.center ?? chosen.center, band: group?.band ?? chosen.band } })
  }
  return (
    <span className="chart-field">
      <Select aria-label="Group by" title="Group by" size="small" value={group === null ? '' : key(group)} onChange={(_event, { value }) => choose(value)}>
        <option value="">No groups</option>
        {offered.map((each) => (
          <option key={key(each)} value={key(each)}>
            {each.name + KINDS[each.kind]}
          </option>
        ))}
      </Select>
      {group !== null && <GroupShape group={group} onChange={(shaped) => change({ group: shaped })} />}
    </span>
  )
}
