import { useCallback, useMemo } from 'react'
import { readJobsView, writeJobsView } from '../../lib/jobsState'
import type { JobsView } from '../../lib/jobsState'
import { keepingView } from '../../lib/savedViews'
import { useSearch, useSetSearch } from '../../state/location'

/** Changes of which one makes many in a row: they are one entry in the history. */
const SMALL: ReadonlySet<string> = new Set(['search', 'columns', 'pinned', 'widths', 'open', 'split', 'checked', 'hidden'])

/** The view that the URL describes, and a way to change parts of it. */
export function useJobsView(): [JobsView, (change: Partial<JobsView>) => void] {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readJobsView(new URLSearchParams(search)), [search])
  const change = useCallback(
    (part: Partial<JobsView>) => {
      // Read anew: rows need not be drawn again for a new function, and of two changes in a row none is lost.
      const present = new URLSearchParams(location.search)
      const written = writeJobsView({ ...readJobsView(present), ...part })
      setSearch(keepingView(present, written), Object.keys(part).some((key) => SMALL.has(key)))
    },
    [setSearch],
  )
  return [view, change]
}
