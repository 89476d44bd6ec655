// What the list asks the server for: its own rows, and those below groups and parents.
import { groupsQuery, runsQuery } from '../../api/queries'
import type { GroupOrder, RunsRequest } from '../../api/queries'
import { askedColumns, columnKey, fieldOf, parseColumn, valueAsked } from '../../lib/columns'
import type { Column } from '../../lib/columns'
import { orderBy, searchParameters, withinGroup } from '../../lib/filter'
import type { JobsList, JobsView } from '../../lib/jobsState'
import type { Branch } from './runTree'

/** Which runs a view lists, and which columns of them. */
export function listRequest(
  list: JobsList, { experiments, search, as }: Pick<JobsView, 'experiments' | 'search' | 'as'>, columns: readonly Column[],
): RunsRequest {
  return { view: list, experiments, ...searchParameters(search, as), columns: askedColumns(columns) }
}

/** The rows of a branch of the list. */
export function branchQuery(
  request: RunsRequest, { sort, groups, nested }: Pick<JobsView, 'sort' | 'groups' | 'nested'>, columns: readonly Column[],
  { path, parent }: Pick<Branch, 'path' | 'parent'>,
) {
  const filter = path.reduce<string>((whole, value, level) => {
    const by = groups[level]
    return by === undefined ? whole : withinGroup(whole, by, value)
  }, request.filter)
  const by = parent === null ? groups[path.length] : undefined
  if (by !== undefined) return groupsQuery({ ...request, filter }, fieldOf(by) ?? '', groupOrder(sort, by, columns))
  return runsQuery({ ...request, filter }, orderBy(sort), nested ? { parent } : undefined)
}

/** Groups stand in the order of their runs where that is by a metric on show, else by value. */
function groupOrder(sort: JobsView['sort'], by: Column, columns: readonly Column[]): GroupOrder {
  const column = sort === null ? undefined : parseColumn(sort.by)
  const descending = sort?.descending === true
  if (column?.kind === 'metric') {
    const value = valueAsked(column)
    const shown = columns.some((each) => each.kind === 'metric' && each.name === column.name && valueAsked(each) === value)
    if (shown) return { by: value === 'latest' ? 'metric' : `metric_${value}`, metric: column.name, descending }
  }
  return { by: 'value', descending: descending && column !== undefined && columnKey(column) === columnKey(by) }
}
