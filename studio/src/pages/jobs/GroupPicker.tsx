import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components'
import { GroupListRegular } from '@fluentui/react-icons/svg/group-list'
import { useState } from 'react'
import { FindField } from '../../components/FindField'
import { PickList } from '../../components/PickList'
import { columnKey, columnTitle, sameColumn } from '../../lib/columns'
import type { Column } from '../../lib/columns'
import { MOST_GROUPS } from '../../lib/jobsState'
import { groups } from './columns'
import { contains, useColumnNames } from './useColumnNames'

interface GroupPickerProps {
  experiments: readonly string[]
  chosen: readonly Column[]
  onChange: (groups: Column[]) => void
}

const NOTES = { attribute: 'field', metric: 'metric', param: 'parameter', tag: 'tag' } as const

/** Chooses what runs are grouped by, from the outside in. */
export function GroupPicker(props: GroupPickerProps) {
  const names = props.chosen.map(columnTitle).join(', ')
  return (
    <Popover positioning="below-end" trapFocus>
      <PopoverTrigger>
        <Button className="group-button" appearance="subtle" icon={<GroupListRegular />} title={names === '' ? undefined : `Grouped by ${names}`}>
          <span className="ellipsis">{names === '' ? 'Group' : `Group: ${names}`}</span>
        </Button>
      </PopoverTrigger>
      <PopoverSurface className="picker" aria-label="Group">
        <Choices {...props} />
      </PopoverSurface>
    </Popover>
  )
}

function Choices({ experiments, chosen, onChange }: GroupPickerProps) {
  const [find, setFind] = useState('')
  const { found, more, pending, error } = useColumnNames(['attribute', 'param', 'tag'], experiments, find)
  const place = (column: Column) => chosen.findIndex((each) => sameColumn(each, column))
  const matching = chosen.filter((column) => contains(columnTitle(column), find))
  const shown = [...matching, ...found.filter((column) => groups(column) && place(column) < 0)]
  const items = shown.map((column) => ({
    key: columnKey(column),
    label: columnTitle(column),
    note: place(column) === 1 ? 'within' : NOTES[column.kind],
    checked: place(column) >= 0,
  }))
  const pick = (key: string, checked: boolean) => {
    const column = shown.find((each) => columnKey(each) === key)
    if (column === undefined) return
    // One more than there may be takes the place of the last.
    onChange(checked ? [...chosen.slice(0, MOST_GROUPS - 1), column] : chosen.filter((each) => !sameColumn(each, column)))
  }
  return (
    <>
      <FindField value={find} onChange={setFind} delay={150} placeholder="Find by regular expression" error={error} />
      <PickList items={items} onPick={pick} empty={error !== undefined ? '' : pending ? 'Loading…' : 'Nothing of that name'} />
      {more && <div className="picker-title">There are more: type a part of the name.</div>}
      <Button size="small" disabled={chosen.length === 0} onClick={() => onChange([])}>
        No groups
      </Button>
    </>
  )
}
