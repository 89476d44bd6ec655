import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { useState } from 'react'
import type { ExperimentRow } from '../../api/types'
import { FindField } from '../../components/FindField'
import { PickList } from '../../components/PickList'
import { formatCount } from '../../lib/format'

interface ExperimentPickerProps {
  experiments: readonly ExperimentRow[]
  chosen: readonly string[]
  onChange: (ids: string[]) => void
}

/** Narrows the list to some experiments; none chosen means all. */
export function ExperimentPicker({ experiments, chosen, onChange }: ExperimentPickerProps) {
  const [find, setFind] = useState('')
  const wanted = find.toLowerCase()
  const items = experiments
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .map(({ experiment_id, name, run_count }) => ({
      key: experiment_id,
      label: name,
      note: formatCount(run_count),
      checked: chosen.includes(experiment_id),
    }))
  const pick = (key: string, checked: boolean) =>
    onChange(checked ? [...chosen, key] : chosen.filter((id) => id !== key))
  return (
    <Popover positioning="below-start" trapFocus>
      <PopoverTrigger>
        <Button className="pill-button" icon={<ChevronDownRegular />} iconPosition="after">
          <span className="ellipsis">{title(experiments, chosen)}</span>
        </Button>
      </PopoverTrigger>
      <PopoverSurface className="picker" aria-label="Experiments">
        <FindField value={find} onChange={setFind} placeholder="Find an experiment" />
        <PickList items={items} onPick={pick} empty="No experiment of that name" />
        <Button size="small" disabled={chosen.length === 0} onClick={() => onChange([])}>
          All experiments
        </Button>
      </PopoverSurface>
    </Popover>
  )
}

function title(experiments: readonly ExperimentRow[], chosen: readonly string[]): string {
  const [first, ...others] = chosen
  if (first === undefined) return 'All experiments'
  const name = experiments.find(({ experiment_id }) => experiment_id === first)?.name ?? `Experiment ${first}`
  return others.length === 0 ? name : `${name} and ${others.length} more`
}
