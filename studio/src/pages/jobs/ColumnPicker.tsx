import { Button, Popover, PopoverSurface, PopoverTrigger, Select } from '@fluentui/react-components'
import { ColumnTripleRegular } from '@fluentui/react-icons/svg/column-triple'
import { useState } from 'react'
import { FindField } from '../../components/FindField'
import { PickList } from '../../components/PickList'
import { columnKey, columnTitle, DEFAULT_ATTRIBUTES, NAME, sameColumn } from '../../lib/columns'
import type { Column, MetricValue } from '../../lib/columns'
import { contains, useColumnNames } from './useColumnNames'
import type { ColumnKind } from './useColumnNames'

interface ColumnPickerProps {
  experiments: readonly string[]
  chosen: readonly Column[]
  onChange: (columns: Column[]) => void
}

const NOTES: Readonly<Record<ColumnKind, string>> = { attribute: 'field', metric: 'metric', param: 'parameter', tag: 'tag' }
const KINDS: Readonly<Record<string, readonly ColumnKind[]>> = {
  all: ['attribute', 'metric', 'param', 'tag'],
  metric: ['metric'],
  param: ['param'],
  tag: ['tag'],
  attribute: ['attribute'],
}

/** Chooses what is known of runs as columns. */
export function ColumnPicker(props: ColumnPickerProps) {
  return (
    <Popover positioning="below-end" trapFocus>
      <PopoverTrigger>
        <Button appearance="subtle" icon={<ColumnTripleRegular />}>
          Columns
        </Button>
      </PopoverTrigger>
      <PopoverSurface className="picker" aria-label="Columns">
        <Choices {...props} />
      </PopoverSurface>
    </Popover>
  )
}

function Choices({ experiments, chosen, onChange }: ColumnPickerProps) {
  const [find, setFind] = useState('')
  const [kind, setKind] = useState('all')
  const [value, setValue] = useState<MetricValue>('latest')
  const kinds = KINDS[kind] ?? []
  const { found, more, pending, error } = useColumnNames(kinds, experiments, find, value)
  const isChosen = (column: Column) => chosen.some((each) => sameColumn(each, column))
  // Chosen ones stand first, so that they can be found again and taken away.
  const matching = chosen.filter((column) => kinds.includes(column.kind) && !sameColumn(column, NAME) && contains(columnTitle(column), find))
  const shown = [...matching, ...found.filter((column) => !isChosen(column))]
  const items = shown.map((column) => ({
    key: columnKey(column),
    label: columnTitle(column),
    note: NOTES[column.kind],
    checked: isChosen(column),
  }))
  const pick = (key: string, checked: boolean) => {
    const column = shown.find((each) => columnKey(each) === key)
    if (column === undefined) return
    onChange(checked ? [...chosen, column] : chosen.filter((each) => !sameColumn(each, column)))
  }
  return (
    <>
      <FindField value={find} onChange={setFind} delay={150} placeholder="Find columns by regular expression" error={error} />
      <div className="picker-options">
        <Select size="small" aria-label="Kind of columns" value={kind} onChange={(_event, data) => setKind(data.value)}>
          <option value="all">All kinds</option>
          <option value="metric">Metrics</option>
          <option value="param">Parameters</option>
          <option value="tag">Tags</option>
          <option value="attribute">Fields</option>
        </Select>
        <Select
          size="small" aria-label="Value of metrics" title="Which value of a metric its column shows" value={value}
          disabled={!kinds.includes('metric')} onChange={(_event, data) => setValue(data.value as MetricValue)}
        >
          <option value="latest">Latest value</option>
          <option value="min">Minimum</option>
          <option value="max">Maximum</option>
          <option value="best">Best value</option>
        </Select>
      </div>
      <PickList items={items} onPick={pick} empty={error !== undefined ? '' : pending ? 'Loading…' : 'Nothing of that name'} />
      {more && <div className="picker-title">There are more: type a part of the name.</div>}
      <Button size="small" onClick={() => onChange([...DEFAULT_ATTRIBUTES, ...chosen.filter((column) => column.kind !== 'attribute')])}>
        Fields by default
      </Button>
    </>
  )
}
