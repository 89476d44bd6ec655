// What pages ask for. A query's key is the path of its request and then its parameters, so that a change told by
// the live stream finds the answers that it makes stale by their path.
import { hashKey, infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { QueryKey } from '@tanstack/react-query'
import type { AskedColumns } from '../lib/columns'
import type { JobsList } from '../lib/jobsState'
import { getJson, requestUrl } from './client'
import type { Parameters } from './client'
import { fetchCurve } from './series'
import type { CurveRequest } from './series'
import type { ArtifactFolder, ArtifactPaths, Comparison, ExperimentPage, MetricTable, Names, RunDetail, RunGroupPage, RunPage, SavedViews, ViewPage } from './types'

const PAGE = 100
/** Who reads on in a long list gets there sooner. */
const FURTHER_PAGE = 500

/** A question whose key is its path and parameters. */
export function get<T>(path: string, parameters: Parameters = {}) {
  return queryOptions({
    queryKey: [path, parameters] as const,
    queryFn: ({ signal }) => getJson<T>(requestUrl(path, parameters), signal),
  })
}

export const experimentsQuery = () => get<ExperimentPage>('/experiments', { max_results: 1000 })

/** Which runs, and which columns of them. */
export interface RunsRequest {
  view: JobsList
  experiments: readonly string[]
  filter: string
  search: string
  columns: AskedColumns
}

function asked({ view, experiments, filter, search, columns }: RunsRequest) {
  return { view: view === 'active' ? undefined : view, experiment_id: experiments, filter, search, ...columns, max_results: PAGE }
}

/** A page of a list whose rows may be groups. */
export type ListPage = RunPage | RunGroupPage

function pages(path: string, parameters: Parameters) {
  return infiniteQueryOptions({
    queryKey: [path, parameters] as const,
    queryFn: ({ signal, pageParam }) => getJson<ListPage>(requestUrl(path, { ...parameters, ...furtherPage(path, pageParam) }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_page_token ?? undefined,
    // Rows stay on screen while another order or filter loads.
    placeholderData: keepPreviousData,
  })
}

/** Figures of groups cost the server more than rows do. */
function furtherPage(path: string, token: string | undefined): Parameters {
  return { page_token: token, ...(token !== undefined && path === '/runs' ? { max_results: FURTHER_PAGE } : {}) }
}

/** Runs in the asked order: all, or of a tree those at the top, or the children of one. */
export function runsQuery(wanted: RunsRequest, orderBy?: string, tree?: { parent: string | null }) {
  return pages('/runs', {
    ...asked(wanted),
    order_by: orderBy,
    nested: tree?.parent === null ? 'true' : undefined,
    parent: tree?.parent ?? undefined,
  })
}

export interface GroupOrder {
  by: 'value' | 'metric' | 'metric_min' | 'metric_max'
  metric?: string
  descending: boolean
}

/** Groups of the runs, with figures of the asked metrics. */
export function groupsQuery(wanted: RunsRequest, by: string, order: GroupOrder) {
  return pages('/run-groups', {
    ...asked({ ...wanted, columns: { ...wanted.columns, param: [], tag: [] } }),
    by,
    order_by: order.by === 'value' ? undefined : order.by,
    order_metric: order.metric,
    descending: order.descending ? 'true' : undefined,
  })
}

/** Some runs that a text finds, the newest first, archived ones among them. */
export const foundRunsQuery = (search: string, limit: number) =>
  queryOptions({
    queryKey: ['/found-runs', { search, limit }] as const,
    queryFn: ({ signal }) => getJson<RunPage>(requestUrl('/runs', { view: 'undeleted', search, max_results: limit }), signal),
    // No change makes it stale: it is asked for anew when somebody looks again.
    staleTime: 5000,
    placeholderData: keepPreviousData,
  })

/** Names that match a regular expression; metrics are those of some experiments. */
export const namesQuery = (kind: 'metric' | 'param' | 'tag', experiments: readonly string[], regex: string, limit: number) =>
  queryOptions({
    ...get<Names>(`/${kind}-names`, {
      experiment_id: kind === 'metric' ? experiments : undefined,
      regex,
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

/** A folder in pages. */
export const artifactsQuery = (runId: string, folder: string) => {
  const path = `${runPath(runId)}/artifacts`
  return infiniteQueryOptions({
    queryKey: [path, { path: folder }] as const,
    queryFn: ({ signal, pageParam }) =>
      getJson<ArtifactFolder>(requestUrl(path, { path: folder, page_token: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_page_token ?? undefined,
  })
}

/** Files of several runs whose paths contain a text; those on screen stay while others load. */
export const artifactPathsQuery = (runIds: readonly string[], search: string) =>
  queryOptions({ ...get<ArtifactPaths>('/artifact-paths', { run_id: runIds, search, limit: 2000 }), placeholderData: keepPreviousData })

export const CURVES_PATH = '/series'

export const seriesPath = (runId: string) => `${CURVES_PATH}/${encodeURIComponent(runId)}`

/** Whether the answer is one curve, and not those of a chart. */
export const isCurve = ([path]: QueryKey) => typeof path === 'string' && path.startsWith(`${CURVES_PATH}/`)

export const curveQuery = (wanted: CurveRequest) =>
  queryOptions({
    queryKey: [seriesPath(wanted.runId), wanted] as const,
    queryFn: () => fetchCurve(wanted),
  })

const hashes = new WeakMap<object, string>()

/** React asks for the hash at each drawing, and a chart may have a hundred curves. */
function hashOfCurves(key: readonly [string, readonly CurveRequest[]]): string {
  const [, wanted] = key
  const known = hashes.get(wanted) ?? hashKey(key)
  hashes.set(wanted, known)
  return known
}

/**
 * The curves of a chart, in the order asked: one question for React, which takes 20 ms to look after a hundred.
 *
 * Each curve has an answer of its own beside it, so only those that changed are asked for again.
 */
export const curvesQuery = (wanted: readonly CurveRequest[]) =>
  queryOptions({
    queryKey: [CURVES_PATH, wanted] as const,
    queryFn: ({ client }) => Promise.all(wanted.map((each) => client.query(curveQuery(each)))),
    queryKeyHashFn: hashOfCurves,
    // The curves themselves are asked for again.
    retry: false,
    structuralSharing: false,
  })
