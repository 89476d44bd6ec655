import { useCallback, useMemo } from 'react'
import type { QueryOf } from '../../../charts/chartActions'
import type { ChangeView } from '../../../charts/useMetricsView'
import { readMetricsView, writeMetricsView } from '../../../lib/chartView'
import type { MetricsView } from '../../../lib/chartView'
import { CHARTS_KEY } from '../../../lib/jobsState'
import { useSearch, useSetSearch } from '../../../state/location'
import { useShared } from '../../../state/shared'

/** The query of the page whose charts show this. */
export const jobsQuery: QueryOf = (view) => {
  const search = new URLSearchParams(location.search)
  search.set(CHARTS_KEY, writeMetricsView(view).toString())
  return search
}

const read = (search: string) => readMetricsView(new URLSearchParams(new URLSearchParams(search).get(CHARTS_KEY) ?? ''))

/** The charts beside the list that the URL describes, and a way to change parts of that. */
export function useJobsCharts(): [MetricsView, ChangeView] {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useShared(useMemo(() => read(search), [search]))
  const change = useCallback<ChangeView>(
    (part) => {
      // Read anew: two charts may be zoomed before React draws again.
      const present = read(location.search)
      setSearch(jobsQuery({ ...present, ...(typeof part === 'function' ? part(present) : part) }))
    },
    [setSearch],
  )
  return [view, change]
}
