import { useQuery } from '@tanstack/react-query'
import type { UseQueryResult } from '@tanstack/react-query'
import { useLayoutEffect } from 'react'
import { viewsQuery } from '../api/queries'
import type { ExperimentPage } from '../api/types'
import { plainExperiment, viewSearch } from '../lib/savedViews'
import { useSearch, useSetSearch } from '../state/location'
import { JOBS_SCOPE } from './scopes'

/**
 * Opens an experiment's list with the view that it names, if the address says nothing else. Tells whether that is
 * still to be decided; a view that is gone is none.
 */
export function useExperimentDefault(experiments: UseQueryResult<ExperimentPage>, enabled: boolean): boolean {
  const search = useSearch()
  const setSearch = useSetSearch()
  const plain = enabled ? plainExperiment(new URLSearchParams(search)) : null
  const named = experiments.data?.experiments.find(({ experiment_id: id }) => id === plain)?.default_view ?? null
  const views = useQuery({ ...viewsQuery('jobs'), enabled: named !== null })
  const view = views.data?.views.find(({ view_id: id }) => id === named)
  useLayoutEffect(() => {
    if (view !== undefined) setSearch(viewSearch(view, new URLSearchParams(location.search), JOBS_SCOPE))
  }, [view, setSearch])
  return plain !== null && (experiments.isPending || (named !== null && (views.isPending || view !== undefined)))
}
