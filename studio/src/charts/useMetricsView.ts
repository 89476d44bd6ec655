import { useCallback, useMemo } from 'react'
import { readMetricsView, withMetricsView } from '../lib/chartView'
import type { MetricsView } from '../lib/chartView'
import { useShared } from '../state/shared'
import { useSearch, useSetSearch } from '../state/location'

/** Takes what changes, or makes it of what is shown at that moment. */
export type ChangeView = (part: Partial<MetricsView> | ((present: MetricsView) => Partial<MetricsView>)) => void

/** The charts that the URL describes, and a way to change parts of that. */
export function useMetricsView(): [MetricsView, ChangeView] {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useShared(useMemo(() => readMetricsView(new URLSearchParams(search)), [search]))
  const change = useCallback<ChangeView>(
    // Read anew: two charts may be zoomed before React draws again.
    (part) => {
      const present = new URLSearchParams(location.search)
      const shown = readMetricsView(present)
      setSearch(withMetricsView(present, { ...shown, ...(typeof part === 'function' ? part(shown) : part) }))
    },
    [setSearch],
  )
  return [view, change]
}
