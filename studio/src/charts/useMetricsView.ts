import { useCallback, useMemo } from 'react'
import { readMetricsView, withMetricsView } from '../lib/urlState'
import type { MetricsView } from '../lib/urlState'
import { useSearch, useSetSearch } from '../state/location'

export type ChangeView = (part: Partial<MetricsView>) => void

/** The charts that the URL describes, and a way to change parts of that. */
export function useMetricsView(): [MetricsView, ChangeView] {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readMetricsView(new URLSearchParams(search)), [search])
  const change = useCallback(
    // Read anew: two charts may be zoomed before React draws again.
    (part: Partial<MetricsView>) => {
      const present = new URLSearchParams(location.search)
      setSearch(withMetricsView(present, { ...readMetricsView(present), ...part }))
    },
    [setSearch],
  )
  return [view, change]
}
