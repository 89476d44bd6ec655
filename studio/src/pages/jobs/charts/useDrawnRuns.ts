// The runs of the list that have curves beside it, with what the charts and the rows need of them.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { compareQuery, runsQuery } from '../../../api/queries'
import type { RunsRequest } from '../../../api/queries'
import { chosenColors } from '../../../charts/chosenColors'
import { groupColors, runGroups } from '../../../charts/runCharts'
import { readMetricsView } from '../../../lib/chartView'
import { runColors } from '../../../lib/colors'
import { orderBy } from '../../../lib/filter'
import type { JobsView } from '../../../lib/jobsState'
import { useShared } from '../../../state/shared'
import { groupKey } from '../runTree'
import type { RunTree } from '../useRunTree'
import type { CurveMark } from './curveMarks'
import { DRAWN_UNASKED, drawnGroup, hiddenRuns, listedRuns, MOST_DRAWN } from './drawnRuns'

export type DrawnRuns = ReturnType<typeof useDrawnRuns>

/** The runs that are checked; without any, those of all groups, or the first of the list. */
export function useDrawnRuns(view: JobsView, tree: RunTree, checked: ReadonlySet<string>) {
  const on = view.charts !== null
  const grouped = view.groups.length > 0 && checked.size === 0
  const { ids: ofGroups, more: moreInGroups } = useRunsOfGroups(view, tree.request, on && grouped)
  const { ids } = useShared(useMemo(() => {
    if (!on) return { ids: [] }
    if (checked.size > 0) return { ids: [...checked].slice(0, MOST_DRAWN) }
    return { ids: grouped ? ofGroups : listedRuns(tree.rows, DRAWN_UNASKED) }
  }, [on, checked, grouped, ofGroups, tree.rows]))
  const { data: answer, error, refetch } = useQuery({ ...compareQuery(ids), enabled: on && ids.length > 0 })
  const data = ids.length > 0 ? answer : undefined
  const shape = useMemo(() => readMetricsView(new URLSearchParams(view.charts ?? '')).group, [view.charts])
  const group = useMemo(() => drawnGroup(view.groups, shape), [view.groups, shape])
  const groups = useMemo(() => (data === undefined || group === null ? [] : runGroups(data, group)), [data, group])
  const colors = useMemo(() => {
    if (data === undefined) return new Map<string, string>()
    if (group !== null) return groupColors(groups)
    // The oldest first: a run that begins takes no other's colour.
    const byAge = [...data.runs].sort((one, other) => (one.start_time ?? 0) - (other.start_time ?? 0))
    return runColors(byAge.map(({ run_id: id }) => id), chosenColors(data))
  }, [data, group, groups])
  const hidden = useMemo(() => hiddenRuns(view.hidden, groups), [view.hidden, groups])
  const marks = useMemo(() => {
    const off = new Set(hidden)
    const keys = new Set(view.hidden)
    const marked = new Map<string, CurveMark>([...colors].map(([id, color]) => [id, { color, hidden: off.has(id) }]))
    for (const { value, color } of groups) marked.set(groupKey([value]), { color, hidden: keys.has(groupKey([value])) })
    return marked
  }, [colors, hidden, groups, view.hidden])
  const more = checked.size > 0 ? checked.size > MOST_DRAWN : grouped ? moreInGroups : tree.shown > DRAWN_UNASKED
  return { ids, data, error, refetch, group, colors, hidden, marks, checked: checked.size > 0, more }
}

/** Runs of all groups, as many as can be drawn: a group's curve is of all its runs, not of those whose rows are open. */
function useRunsOfGroups(view: JobsView, request: RunsRequest, enabled: boolean) {
  const { data } = useInfiniteQuery({ ...runsQuery(request, orderBy(view.sort)), enabled })
  return useMemo(() => {
    const [page] = data?.pages ?? []
    const runs = page !== undefined && 'runs' in page ? page.runs : []
    return { ids: runs.map(({ run_id: id }) => id).slice(0, MOST_DRAWN), more: page?.next_page_token != null }
  }, [data])
}
