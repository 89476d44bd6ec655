import { useCallback, useMemo } from 'react'
import { readCompareView, withCompareView } from '../../lib/compareState'
import type { CompareView } from '../../lib/compareState'
import { useShared } from '../../state/shared'
import { useSearch, useSetSearch } from '../../state/location'

export type ChangeCompare = (part: Partial<CompareView>) => void

/** The comparison that the URL describes, and a way to change parts of it. */
export function useCompareView(): [CompareView, ChangeCompare] {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useShared(useMemo(() => readCompareView(new URLSearchParams(search)), [search]))
  const change = useCallback(
    (part: Partial<CompareView>) => {
      const present = new URLSearchParams(location.search)
      setSearch(withCompareView(present, { ...readCompareView(present), ...part }), !('tab' in part || 'runs' in part))
    },
    [setSearch],
  )
  return [view, change]
}
