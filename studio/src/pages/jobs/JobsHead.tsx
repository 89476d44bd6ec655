import { Suspense, lazy, useState } from 'react'
import { lazyLater } from '../../components/lazyLater'
import type { JobsView } from '../../lib/jobsState'
import { AllCurves } from './charts/CurveMark'
import type { Shown } from './columnEdits'
import { placed } from './columnEdits'
import type { TableColumn } from './columns'
import { HeaderCell } from './HeaderCell'
import type { HeaderCellProps } from './HeaderCell'

// Dragging and the menu are not needed to read the list, and half as much code as all of it.
const ColumnMenu = lazy(() => import('./ColumnMenu'))
const SortableHeads = lazyLater(() => import('./SortableHeads'))

/** How many of the runs that are listed are checked. */
export type CheckedShare = 'none' | 'some' | 'all'

interface JobsHeadProps {
  columns: TableColumn[]
  shown: Shown
  view: JobsView
  change: (part: Partial<JobsView>) => void
  widths: readonly number[]
  checked: CheckedShare
  onCheckAll: () => void
  /** A width of null is the one by default; `done` is false while the hand still moves. */
  onResize: (key: string, width: number | null, done: boolean) => void
}

/** The titles above the rows. */
export function JobsHead({ columns, shown, view, change, widths, checked, onCheckAll, onResize }: JobsHeadProps) {
  const [menu, setMenu] = useState<{ key: string; target: HTMLElement } | null>(null)
  const cells: HeaderCellProps[] = columns.map((column, place) => ({
    column,
    place,
    width: widths[place] ?? 0,
    sort: view.sort,
    onSort: (sort) => change({ sort }),
    onResize: (width, done) => onResize(column.key, width, done),
    onMenu: (target) => setMenu({ key: column.key, target }),
    menuOpen: menu?.key === column.key,
  }))
  const open = columns.find(({ key }) => key === menu?.key)
  return (
    <div className="jobs-row jobs-head" role="row">
      <div role="columnheader" className="jobs-check pinned">
        <input
          type="checkbox"
          className="check"
          aria-label="Check all runs that are listed"
          ref={(box) => {
            if (box !== null) box.indeterminate = checked === 'some'
          }}
          checked={checked === 'all'}
          onChange={onCheckAll}
        />
        <AllCurves />
      </div>
      <Suspense fallback={cells.map((cell) => <HeaderCell key={cell.column.key} {...cell} />)}>
        <SortableHeads cells={cells} onMove={(key, target) => change(placed(shown, key, target))} />
      </Suspense>
      {menu !== null && open !== undefined && (
        <Suspense>
          <ColumnMenu
            column={open} target={menu.target} shown={shown} view={view} change={change} onResize={onResize}
            close={() => {
              setMenu(null)
              menu.target.focus()
            }}
          />
        </Suspense>
      )}
    </div>
  )
}
