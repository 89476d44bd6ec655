// What pages ask for. A query's key is the path of its request and then its parameters, so that a change told by
// the live stream finds the answers that it makes stale by their path.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getJson, requestUrl } from './client'
import type { Parameters } from './client'
import { fetchCurve } from './series'
import type { CurveRequest } from './series'
import type { ArtifactFolder, Comparison, ExperimentPage, MetricTable, Names, RunDetail, RunPage, SavedViews, ViewPage } from './types'

const PAGE = 100

function get<T>(path: string, parameters: Parameters = {}) {
  return queryOptions({
    queryKey: [path, parameters] as const,
    queryFn: ({ signal }) => getJson<T>(requestUrl(path, parameters), signal),
  })
}

export const experimentsQuery = () => get<ExperimentPage>('/experiments', { max_results: 1000 })

export interface RunsRequest {
  view: 'active' | 'deleted'
  experiments: readonly string[]
  filter: string
  search: string
  orderBy: string | undefined
  metrics: readonly string[]
  params: readonly string[]
}

export function runsQuery(wanted: RunsRequest) {
  const parameters = {
    view: wanted.view === 'active' ? undefined : wanted.view,
    experiment_id: wanted.experiments,
    filter: wanted.filter,
    search: wanted.search,
    order_by: wanted.orderBy,
    metric: wanted.metrics,
    param: wanted.params,
    max_results: PAGE,
  }
  return infiniteQueryOptions({
    queryKey: ['/runs', parameters] as const,
    queryFn: ({ signal, pageParam }) =>
      getJson<RunPage>(requestUrl('/runs', { ...parameters, page_token: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_page_token ?? undefined,
    // Rows stay on screen while another order or filter loads.
    placeholderData: keepPreviousData,
  })
}

/** Some runs that a text finds, the newest first. */
export const foundRunsQuery = (search: string, limit: number) =>
  queryOptions({
    queryKey: ['/found-runs', { search, limit }] as const,
    queryFn: ({ signal }) => getJson<RunPage>(requestUrl('/runs', { search, max_results: limit }), signal),
    // No change makes it stale: it is asked for anew when somebody looks again.
    staleTime: 5000,
    placeholderData: keepPreviousData,
  })

export const namesQuery = (kind: 'metric' | 'param' | 'tag', experiments: readonly string[], search: string, limit: number) =>
  queryOptions({
    ...get<Names>(`/${kind}-names`, {
      experiment_id: kind === 'metric' ? experiments : undefined,
      search,
      limit,
    }),
    placeholderData: keepPreviousData,
  })

/** Values that runs have, for a filter to compare with. */
export const valuesQuery = (name: string, search: string, limit: number) =>
  queryOptions({ ...get<Names>('/filter-values', { name, search, limit }), placeholderData: keepPreviousData })

/** Metrics that a list shows until somebody chooses columns. */
export const commonMetricsQuery = (experiments: readonly string[]) =>
  queryOptions({
    ...get<Names>('/metric-names/common', { experiment_id: experiments }),
    placeholderData: keepPreviousData,
  })

export const runPath = (runId: string) => `/runs/${encodeURIComponent(runId)}`

export const runQuery = (runId: string) => get<RunDetail>(runPath(runId))

export const runMetricsQuery = (runId: string) => get<MetricTable>(`${runPath(runId)}/metrics`)

/** Runs side by side; those on screen stay while others load. */
export const compareQuery = (runIds: readonly string[]) =>
  queryOptions({ ...get<Comparison>('/compare', { run_id: runIds }), placeholderData: keepPreviousData })

export const viewsQuery = (page: ViewPage) => get<SavedViews>('/views', { page })

export const artifactsQuery = (runId: string, path: string) =>
  get<ArtifactFolder>(`${runPath(runId)}/artifacts`, { path })

export const seriesPath = (runId: string) => `/series/${encodeURIComponent(runId)}`

export const curveQuery = (wanted: CurveRequest) =>
  queryOptions({
    queryKey: [seriesPath(wanted.runId), wanted] as const,
    queryFn: () => fetchCurve(wanted),
    // A finer or smoother curve replaces the one on screen when it is there; see Curve.of for mix-ups.
    placeholderData: keepPreviousData,
  })
