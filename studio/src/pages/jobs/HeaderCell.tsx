import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down'
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up'
import type { Sort } from '../../lib/urlState'
import type { TableColumn } from './columns'

interface HeaderCellProps {
  column: TableColumn
  sort: Sort | null
  onSort: (sort: Sort | null) => void
}

/** A column's title; a click sorts by it, a second one the other way round, a third one not at all. */
export function HeaderCell({ column, sort, onSort }: HeaderCellProps) {
  const sorted = sort?.by === column.key ? sort : null
  const order = sorted === null ? 'none' : sorted.descending ? 'descending' : 'ascending'
  const className = column.numeric ? 'jobs-cell numeric' : 'jobs-cell'
  if (!column.sortable) {
    return (
      <div role="columnheader" className={className}>
        {column.title}
      </div>
    )
  }
  return (
    <div role="columnheader" aria-sort={order} className={className}>
      <button type="button" title={column.title} onClick={() => onSort(nextSort(column, sorted))}>
        <span className="ellipsis">{column.title}</span>
        {sorted !== null && (sorted.descending ? <ArrowDownRegular /> : <ArrowUpRegular />)}
      </button>
    </div>
  )
}

function nextSort({ key, numeric }: TableColumn, sorted: Sort | null): Sort | null {
  // Figures and times are most often wanted from the largest on.
  const first = numeric || key === 'started'
  if (sorted === null) return { by: key, descending: first }
  return sorted.descending === first ? { by: key, descending: !first } : null
}
