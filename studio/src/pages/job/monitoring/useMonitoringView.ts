import { useCallback, useMemo } from 'react'
import { readMonitoringView, withMonitoringView } from '../../../lib/monitoringState'
import type { MonitoringView } from '../../../lib/monitoringState'
import { useSearch, useSetSearch } from '../../../state/location'

export type ChangeMonitoring = (part: (view: MonitoringView) => Partial<MonitoringView>) => void

/** What the URL says about the charts of the machines, and a way to change parts of it. */
export function useMonitoringView(): [MonitoringView, ChangeMonitoring] {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readMonitoringView(new URLSearchParams(search)), [search])
  const change = useCallback<ChangeMonitoring>(
    (part) => {
      const present = new URLSearchParams(location.search)
      const before = readMonitoringView(present)
      setSearch(withMonitoringView(present, { ...before, ...part(before) }))
    },
    [setSearch],
  )
  return [view, change]
}
