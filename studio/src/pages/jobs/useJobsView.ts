import { useCallback, useMemo } from 'react'
import { readJobsView, writeJobsView } from '../../lib/urlState'
import type { JobsView } from '../../lib/urlState'
import { keepingView } from '../../lib/savedViews'
import { useSearch, useSetSearch } from '../../state/location'

/** The view that the URL describes, and a way to change parts of it. */
export function useJobsView(): [JobsView, (change: Partial<JobsView>) => void] {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readJobsView(new URLSearchParams(search)), [search])
  const change = useCallback(
    (part: Partial<JobsView>) => {
      const written = writeJobsView({ ...view, ...part })
      setSearch(keepingView(new URLSearchParams(location.search), written), 'search' in part || 'columns' in part)
    },
    [view, setSearch],
  )
  return [view, change]
}
