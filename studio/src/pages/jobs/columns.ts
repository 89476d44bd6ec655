// The columns of the list of runs.
import type { Column, JobsList, JobsView } from '../../lib/urlState'
import { columnKey } from '../../lib/urlState'

export interface TableColumn {
  key: string
  title: string
  width: string
  sortable: boolean
  numeric: boolean
  chosen?: Column
}

/** Columns that every list has, in order; chosen ones stand behind. */
const FIXED: readonly TableColumn[] = [
  { key: 'name', title: 'Name', width: 'minmax(220px, 2fr)', sortable: true, numeric: false },
  { key: 'status', title: 'Status', width: '112px', sortable: true, numeric: false },
  { key: 'experiment', title: 'Experiment', width: 'minmax(112px, 1fr)', sortable: false, numeric: false },
  { key: 'duration', title: 'Duration', width: '96px', sortable: true, numeric: true },
  { key: 'started', title: 'Started', width: '112px', sortable: true, numeric: false },
  { key: 'user', title: 'User', width: 'minmax(80px, 0.5fr)', sortable: true, numeric: false },
]

/** What one wants to know of a run before deleting it for ever. */
const SIZE: TableColumn = { key: 'size', title: 'Size', width: '88px', sortable: false, numeric: true }

const CHOSEN_WIDTH = 'minmax(112px, 0.7fr)'

export function tableColumns(chosen: readonly Column[], list: JobsList = 'active'): TableColumn[] {
  return [
    ...FIXED,
    ...(list === 'deleted' ? [SIZE] : []),
    ...chosen.map((column) => ({
      key: columnKey(column),
      title: column.name,
      width: CHOSEN_WIDTH,
      sortable: true,
      numeric: column.kind === 'metric',
      chosen: column,
    })),
  ]
}

/** What stands in place of a list whose columns are being looked up. */
export const PENDING_COLUMNS: TableColumn[] = [
  ...FIXED,
  ...[1, 2, 3].map((number) => ({
    key: `pending ${number}`,
    title: '',
    width: CHOSEN_WIDTH,
    sortable: false,
    numeric: true,
  })),
]

/** Those that the reader chose, else the metrics that most runs have. */
export function chosenColumns(view: JobsView, common: readonly string[]): Column[] {
  return view.columns ?? common.map((name) => ({ kind: 'metric', name }))
}

export function sameColumn(one: Column, other: Column): boolean {
  return one.kind === other.kind && one.name === other.name
}
