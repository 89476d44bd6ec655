import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down'
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import type { MouseEvent, Ref } from 'react'
import { NameText } from '../../components/NameText'
import type { Sort } from '../../lib/jobsState'
import type { TableColumn } from './columns'
import { cellLook } from './JobsRow'
import { ResizeHandle } from './ResizeHandle'

export interface HeaderCellProps {
  column: TableColumn
  place: number
  width: number
  sort: Sort | null
  onSort: (sort: Sort | null) => void
  onResize: (width: number | null, done: boolean) => void
  onMenu: (target: HTMLElement) => void
  menuOpen: boolean
  drag?: { ref: Ref<HTMLDivElement>; listeners: object; style: { transform: string | undefined; transition: string | undefined }; active: boolean }
}

/** A column's title; a click sorts by it, a second one the other way round, a third one not at all. */
export function HeaderCell({ column, place, width, sort, onSort, onResize, onMenu, menuOpen, drag }: HeaderCellProps) {
  const sorted = sort?.by === column.key ? sort : null
  const order = sorted === null ? 'none' : sorted.descending ? 'descending' : 'ascending'
  const { className, style } = cellLook(column, place)
  const menu = (event: MouseEvent<HTMLElement>) => {
    event.preventDefault()
    const button = event.currentTarget.querySelector<HTMLElement>('.jobs-menu')
    if (button !== null) onMenu(button)
  }
  return (
    <div
      ref={drag?.ref}
      role="columnheader"
      className={drag?.active === true ? `${className} dragged` : className}
      data-movable={drag !== undefined || undefined}
      style={{ ...style, ...drag?.style }}
      data-column={column.key}
      {...(column.sortable ? { 'aria-sort': order } : {})}
      onContextMenu={menu}
    >
      <span className="jobs-title" {...drag?.listeners}>
        {column.sortable ? (
          <button type="button" title={column.title} onClick={() => onSort(nextSort(column, sorted))}>
            <NameText name={column.title} />
            {sorted !== null && (sorted.descending ? <ArrowDownRegular /> : <ArrowUpRegular />)}
          </button>
        ) : (
          <NameText name={column.title} />
        )}
      </span>
      {column.title !== '' && (
        <button
          type="button" className="jobs-menu" aria-haspopup="menu" aria-expanded={menuOpen} aria-label="Column options"
          title="Column options" onClick={(event) => onMenu(event.currentTarget)}
        >
          <ChevronDownRegular />
        </button>
      )}
      <ResizeHandle title={column.title} width={width} onResize={onResize} />
    </div>
  )
}

function nextSort({ key, numeric }: TableColumn, sorted: Sort | null): Sort | null {
  // Figures and times are most often wanted from the largest on.
  const first = numeric || key === 'started' || key === 'ended'
  if (sorted === null) return { by: key, descending: first }
  return sorted.descending === first ? { by: key, descending: !first } : null
}
