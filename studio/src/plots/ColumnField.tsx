import { Combobox, Option, OptionGroup } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { namesQuery } from '../api/queries'
import { CheckOption } from '../components/CheckOption'
import { useBoard } from './BoardContext'
import { columnKey, columnLabel, isMetric, readColumnKey, RUN_FIELDS } from './columns'
import type { RunNames } from './defaults'
import { canBeLog } from './picking'

const LIMIT = 50

interface ColumnFieldProps {
  label: string
  /** '' while none is chosen. */
  value: string
  onChange: (key: string) => void
  names: RunNames
  /** What choosing nothing is called; without it something has to be chosen. */
  none?: string
  log?: boolean
  onLog?: (log: boolean) => void
}

/** Chooses a parameter, a metric or a field of runs; names are looked up as one types. */
export function ColumnField({ label, value, onChange, names, none, log = false, onLog }: ColumnFieldProps) {
  const { table } = useBoard()
  const [typed, setTyped] = useState<string | null>(null)
  const id = useId()
  const groups = useFound(typed ?? '', names)
  const column = table.column(value)
  const metric = isMetric(value) ? readColumnKey(value) : null
  return (
    <div className="plot-field">
      <label htmlFor={id}>{label}</label>
      <Combobox
        id={id} size="small" placeholder={none ?? 'Choose…'} value={typed ?? (value === '' ? '' : nameOf(value))} selectedOptions={[value]}
        inlinePopup onChange={(event) => setTyped(event.target.value)} onOpenChange={(_event, { open }) => !open && setTyped(null)}
        onOptionSelect={(_event, { optionValue }) => {
          setTyped(null)
          if (optionValue !== undefined) onChange(optionValue)
        }}
      >
        {none !== undefined && typed === null && <Option value="">{none}</Option>}
        {groups.map(({ title, keys }) => (
          <OptionGroup key={title} label={title}>
            {keys.map((key) => (
              <Option key={key} value={key} text={nameOf(key)}>
                <span className="ellipsis" title={nameOf(key)}>
                  {nameOf(key)}
                </span>
              </Option>
            ))}
          </OptionGroup>
        ))}
        {groups.length === 0 && <Option disabled value="" text="">Nothing of that name</Option>}
      </Combobox>
      {(metric !== null || (onLog !== undefined && column !== undefined && canBeLog(column))) && (
        <span className="plot-field-options">
          {metric !== null && (
            <select aria-label={`${label}: value`} value={metric.kind} onChange={(event) => onChange(`${event.target.value}.${metric.name}`)}>
              <option value="metrics">latest</option>
              <option value="min">minimum</option>
              <option value="max">maximum</option>
            </select>
          )}
          {onLog !== undefined && column !== undefined && canBeLog(column) && <CheckOption label="Log" title={`${label} logarithmic`} checked={log} onChange={onLog} />}
        </span>
      )}
    </div>
  )
}

function nameOf(key: string): string {
  const column = readColumnKey(key)
  return column === null || column.kind === 'run' ? columnLabel(key) : column.name
}

/** What matches the text: of what these runs have, and of what the server finds beyond the commonest names. */
function useFound(typed: string, names: RunNames): { title: string; keys: string[] }[] {
  const { table } = useBoard()
  const experiments = [...new Set(table.runs.map(({ experiment_id: id }) => id))].sort()
  const wanted = typed.toLowerCase()
  const search = { enabled: typed !== '' && names.more }
  const metrics = useQuery({ ...namesQuery('metric', experiments, typed, LIMIT), ...search })
  const params = useQuery({ ...namesQuery('param', [], typed, LIMIT), ...search })
  const found = (kind: 'params' | 'metrics', known: readonly { name: string }[], more: readonly string[]) => {
    const all = [...new Set([...known.map(({ name }) => name), ...(search.enabled ? more : [])])]
    return all.filter((name) => name.toLowerCase().includes(wanted)).slice(0, LIMIT).map((name) => columnKey(kind, name))
  }
  const fields = Object.keys(RUN_FIELDS).map((name) => columnKey('run', name)).filter((key) => columnLabel(key).toLowerCase().includes(wanted))
  return [
    { title: 'Parameters', keys: found('params', names.params, params.data?.names ?? []) },
    { title: 'Metrics', keys: found('metrics', names.metrics, metrics.data?.names ?? []) },
    { title: 'Run', keys: fields },
  ].filter(({ keys }) => keys.length > 0)
}
