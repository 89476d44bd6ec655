import { Menu, MenuDivider, MenuItem, MenuItemRadio, MenuList, MenuPopover } from '@fluentui/react-components'
import { columnKey, sameColumn } from '../../lib/columns'
import type { MetricValue } from '../../lib/columns'
import { lowerIsBetter } from '../../lib/direction'
import { MOST_GROUPS } from '../../lib/jobsState'
import type { JobsView } from '../../lib/jobsState'
import { hidden, neighbour, pinToggled, placed, withValue } from './columnEdits'
import type { Shown } from './columnEdits'
import { groups } from './columns'
import type { TableColumn } from './columns'
import { fittingWidth } from './fittingWidth'

interface ColumnMenuProps {
  column: TableColumn
  target: HTMLElement
  shown: Shown
  view: JobsView
  change: (part: Partial<JobsView>) => void
  onResize: (key: string, width: number | null, done: boolean) => void
  close: () => void
}

/** All that can be done with a column. */
export default function ColumnMenu({ column: { key, column, sortable, pinned }, target, shown, view, change, onResize, close }: ColumnMenuProps) {
  const left = neighbour(shown, key, -1)
  const right = neighbour(shown, key, 1)
  const grouped = view.groups.some((each) => sameColumn(each, column))
  const sort = (descending: boolean) => change({ sort: { by: key, descending } })
  const value = column.kind === 'metric' ? column.value : ''
  const best = lowerIsBetter(column.name) ? 'Best value (lowest)' : 'Best value (highest)'
  // Where the column stands when the menu is closed: the menu's own button may be another by then.
  const handle = () => document.querySelector<HTMLElement>(`[data-column="${CSS.escape(key)}"] .jobs-resize`)
  return (
    <Menu
      open
      positioning={{ target, position: 'below', align: 'start' }}
      onOpenChange={(_event, { open }) => open || close()}
      checkedValues={{ value: [value] }}
      onCheckedValueChange={(_event, { checkedItems }) => change(withValue(shown, key, (checkedItems[0] ?? 'latest') as MetricValue))}
    >
      <MenuPopover>
        <MenuList aria-label="Column options">
          {sortable && <MenuItem onClick={() => sort(false)}>Sort ascending</MenuItem>}
          {sortable && <MenuItem onClick={() => sort(true)}>Sort descending</MenuItem>}
          {view.sort?.by === key && <MenuItem onClick={() => change({ sort: null })}>Do not sort</MenuItem>}
          {sortable && <MenuDivider />}
          {column.kind === 'metric' && (
            <>
              <MenuItemRadio name="value" value="latest">Latest value</MenuItemRadio>
              <MenuItemRadio name="value" value="min">Minimum</MenuItemRadio>
              <MenuItemRadio name="value" value="max">Maximum</MenuItemRadio>
              <MenuItemRadio name="value" value="best">{best}</MenuItemRadio>
              <MenuDivider />
            </>
          )}
          <MenuItem onClick={() => change(pinToggled(shown, key))}>{pinned ? 'Unpin' : 'Pin to the left'}</MenuItem>
          <MenuItem disabled={left === undefined} onClick={() => left !== undefined && change(placed(shown, key, left))}>Move left</MenuItem>
          <MenuItem disabled={right === undefined} onClick={() => right !== undefined && change(placed(shown, key, right))}>Move right</MenuItem>
          <MenuItem onClick={() => onResize(key, fittingWidth(target), true)}>Fit to content</MenuItem>
          <MenuItem onClick={() => requestAnimationFrame(() => handle()?.focus())}>Resize with arrow keys</MenuItem>
          {view.widths.has(key) && <MenuItem onClick={() => onResize(key, null, true)}>Width by default</MenuItem>}
          {groups(column) && <MenuDivider />}
          {groups(column) && !grouped && (
            <MenuItem onClick={() => change({ groups: [...view.groups.slice(0, MOST_GROUPS - 1), column], open: [] })}>Group by it</MenuItem>
          )}
          {grouped && <MenuItem onClick={() => change({ groups: view.groups.filter((each) => !sameColumn(each, column)), open: [] })}>Do not group by it</MenuItem>}
          {columnKey(column) !== 'name' && <MenuDivider />}
          {columnKey(column) !== 'name' && <MenuItem onClick={() => change(hidden(shown, key))}>Hide</MenuItem>}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
