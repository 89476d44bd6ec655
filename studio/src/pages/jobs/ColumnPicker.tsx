import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components'
import { ColumnTripleRegular } from '@fluentui/react-icons/svg/column-triple'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { namesQuery } from '../../api/queries'
import { FindField } from '../../components/FindField'
import { PickList } from '../../components/PickList'
import { columnKey } from '../../lib/urlState'
import type { Column } from '../../lib/urlState'
import { sameColumn } from './columns'

const LIMIT = 200

interface ColumnPickerProps {
  experiments: readonly string[]
  chosen: readonly Column[]
  onChange: (columns: Column[]) => void
}

/** Chooses metrics and parameters as columns. */
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

/** Names are looked up on the server as one types: there may be more than a page should hold. */
function Choices({ experiments, chosen, onChange }: ColumnPickerProps) {
  const [find, setFind] = useState('')
  const metrics = useQuery(namesQuery('metric', experiments, find, LIMIT))
  const params = useQuery(namesQuery('param', experiments, find, LIMIT))
  const found: Column[] = [
    ...(metrics.data?.names ?? []).map((name) => ({ kind: 'metric' as const, name })),
    ...(params.data?.names ?? []).map((name) => ({ kind: 'param' as const, name })),
  ]
  const isChosen = (column: Column) => chosen.some((each) => sameColumn(each, column))
  // Chosen ones stand first, so that they can be found again and taken away.
  const matching = chosen.filter(({ name }) => name.toLowerCase().includes(find.toLowerCase()))
  const shown = [...matching, ...found.filter((column) => !isChosen(column))]
  const items = shown.map((column) => ({
    key: columnKey(column),
    label: column.name,
    note: column.kind === 'metric' ? 'metric' : 'parameter',
    checked: isChosen(column),
  }))
  const pick = (key: string, checked: boolean) => {
    const column = shown.find((each) => columnKey(each) === key)
    if (column === undefined) return
    onChange(checked ? [...chosen, column] : chosen.filter((each) => !sameColumn(each, column)))
  }
  const more = metrics.data?.more === true || params.data?.more === true
  return (
    <>
      <FindField value={find} onChange={setFind} delay={150} placeholder="Find a metric or parameter" />
      <PickList items={items} onPick={pick} empty={metrics.isPending ? 'Loading…' : 'Nothing of that name'} />
      {more && <div className="picker-title">There are more: type a part of the name.</div>}
    </>
  )
}
