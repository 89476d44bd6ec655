import { useCallback, useMemo } from 'react'
import { readOutputsView, withOutputsView, withPath } from '../../../lib/outputsState'
import type { OutputsView } from '../../../lib/outputsState'
import { useSearch, useSetSearch } from '../../../state/location'

export type ChangeOutputs = (part: Partial<OutputsView>) => void

/** What the URL says about files, a way to change parts of it, and one to choose another file. */
export function useOutputsView(): [OutputsView, ChangeOutputs, (path: string) => void] {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readOutputsView(new URLSearchParams(search)), [search])
  const change = useCallback(
    (part: Partial<OutputsView>) => {
      const present = new URLSearchParams(location.search)
      setSearch(withOutputsView(present, { ...readOutputsView(present), ...part }))
    },
    [setSearch],
  )
  const choose = useCallback((path: string) => setSearch(withPath(new URLSearchParams(location.search), path), false), [setSearch])
  return [view, change, choose]
}
