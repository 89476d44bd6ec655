// The columns of the list of runs.
import { ATTRIBUTES, columnKey, columnTitle, DEFAULT_ATTRIBUTES, fieldOf, SIZE } from '../../lib/columns'
import type { Column } from '../../lib/columns'
import type { JobsList, JobsView } from '../../lib/jobsState'
import { pinnedFirst } from '../../lib/tableLayout'

export interface TableColumn {
  key: string
  title: string
  column: Column
  sortable: boolean
  numeric: boolean
  /** Its values stand at the right: of a parameter that is known when they have come. */
  right: boolean
  pinned: boolean
  /** Pixels that it needs at least, and its share of what is left. */
  least: number
  share: number
}

const TEXT = { least: 112, share: 0.7 }
const FIGURES = { least: 112, share: 0.7 }
/** A mean with its deviation. */
const GROUP_FIGURES = { least: 152, share: 0.7 }
const ROOM: Readonly<Record<string, { least: number; share: number }>> = {
  name: { least: 240, share: 2 },
  status: { least: 136, share: 0 },
  experiment: { least: 112, share: 1 },
  duration: { least: 96, share: 0 },
  started: { least: 112, share: 0 },
  ended: { least: 112, share: 0 },
  user: { least: 80, share: 0.5 },
  size: { least: 88, share: 0 },
  id: { least: 270, share: 0 },
}

/** Columns as the table shows them: pinned ones first. */
export function tableColumns(columns: readonly Column[], view: Pick<JobsView, 'pinned' | 'groups'>): TableColumn[] {
  const shown = columns.map((column) => {
    const key = columnKey(column)
    const numeric = column.kind === 'metric' || key === 'duration' || key === 'size'
    const room = column.kind === 'metric' ? (view.groups.length > 0 ? GROUP_FIGURES : FIGURES) : (ROOM[key] ?? TEXT)
    return { key, title: columnTitle(column), column, sortable: fieldOf(column) !== undefined, numeric, right: numeric, pinned: view.pinned.includes(key), ...room }
  })
  return pinnedFirst(shown, view.pinned)
}

/** Columns with those parameters at the right of which all values are numbers. */
export function alignedColumns(columns: TableColumn[], figures: ReadonlySet<string>): TableColumn[] {
  return columns.map((each) => (each.column.kind === 'param' && figures.has(each.column.name) ? { ...each, right: true } : each))
}

/** What stands in place of columns that are being looked up. */
export function pendingColumns(): TableColumn[] {
  const metrics: Column[] = [1, 2, 3].map((number) => ({ kind: 'metric', name: `pending ${number}`, value: 'latest' }))
  return tableColumns([...DEFAULT_ATTRIBUTES, ...metrics], { pinned: ['name'], groups: [] }).map((column) =>
    column.column.kind === 'metric' ? { ...column, title: '', sortable: false } : column,
  )
}

/** Those that the reader chose, else some fields and the metrics that most runs have. */
export function chosenColumns(view: JobsView, common: readonly string[], list: JobsList = 'active'): readonly Column[] {
  // What one wants to know of a run before deleting it for ever.
  const attributes = list === 'deleted' ? [...DEFAULT_ATTRIBUTES, SIZE] : DEFAULT_ATTRIBUTES
  return view.columns ?? [...attributes, ...common.map((name): Column => ({ kind: 'metric', name, value: 'latest' }))]
}

/** Whether runs can be grouped by it. */
export function groups(column: Column): boolean {
  if (column.kind === 'attribute') return ATTRIBUTES[column.name]?.groups === true
  return column.kind !== 'metric'
}
