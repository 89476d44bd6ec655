// Brings answers in the cache up to date after changes, asking only for what changed where that is known.
import type { InfiniteData, Query, QueryClient } from '@tanstack/react-query'
import { getJson, requestUrl } from './client'
import type { Parameters } from './client'
import type { Changes } from './invalidate'
import { COLUMNS_PATH, fetchColumns } from './plots'
import type { ColumnsRequest } from './plots'
import { replaceColumns, replaceMetrics, replaceRows } from './replace'
import { isCurve } from './queries'
import type { components } from './schema'
import type { MetricTable, RunPage } from './types'

/** The server's limit on ids and names of one request. */
const MOST = 500
const COLUMNS = ['metric', 'metric_min', 'metric_max', 'param', 'tag'] as const
const METRICS = /^\/runs\/([^/]+)\/metrics$/

export async function refresh(client: QueryClient, changes: Changes): Promise<void> {
  const stale = client.getQueryCache().findAll({ type: 'active', predicate: ({ queryKey }) => changes.touch(queryKey) })
  const patched = new Set<string>()
  const patches = stale.map(async (query) => {
    if (await patch(client, query, changes)) patched.add(query.queryHash)
  })
  await Promise.allSettled(patches)
  // A chart waits for curves that nobody else does: those asked for before the change would pass for new ones.
  await client.cancelQueries({ type: 'inactive', predicate: ({ queryKey }) => isCurve(queryKey) && changes.touch(queryKey) })
  await client.invalidateQueries(
    { predicate: ({ queryKey, queryHash }) => changes.touch(queryKey) && !patched.has(queryHash) },
    // Answers under way were asked for before the change, so they are asked for again.
    { cancelRefetch: true },
  )
}

/** Replace what changed within an answer; false when the whole answer has to be asked for. */
async function patch(client: QueryClient, query: Query, changes: Changes): Promise<boolean> {
  // What is being loaded may miss the change, and a patch of it would be overwritten.
  if (query.state.data === undefined || query.state.fetchStatus !== 'idle' || query.state.isInvalidated) return false
  const [path, parameters] = query.queryKey as [string, Parameters]
  if (path === '/runs' && changes.inPlace) return patchRuns(client, query, parameters, changes)
  if (path === COLUMNS_PATH && changes.inPlace) return patchColumns(client, query, changes)
  const runId = METRICS.exec(path)?.[1]
  const names = runId === undefined ? null : changes.metricsOf(decodeURIComponent(runId))
  return names !== null && names.size > 0 && names.size <= MOST && patchMetrics(client, query, path, [...names])
}

async function patchRuns(client: QueryClient, query: Query, asked: Parameters, changes: Changes): Promise<boolean> {
  const { pages } = query.state.data as InfiniteData<RunPage>
  const ids = pages.flatMap(({ runs }) => runs.map(({ run_id }) => run_id)).filter((id) => changes.has(id))
  if (ids.length > MOST) return false
  if (ids.length === 0) return true
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, asked[name]]))
  const url = requestUrl('/runs/by-id', { run_id: ids, ...columns })
  const { runs } = await getJson<RunPage>(url)
  client.setQueryData<InfiniteData<RunPage>>(query.queryKey, (data) => data && replaceRows(data, runs))
  return true
}

async function patchColumns(client: QueryClient, query: Query, changes: Changes): Promise<boolean> {
  const wanted = query.queryKey[1] as ColumnsRequest
  const fresh = await fetchColumns({ ...wanted, run_id: wanted.run_id.filter((id) => changes.has(id)) })
  client.setQueryData<components['schemas']['RunColumns']>(query.queryKey, (data) => data && replaceColumns(data, fresh))
  return true
}

async function patchMetrics(client: QueryClient, query: Query, path: string, names: string[]): Promise<boolean> {
  const fresh = await getJson<MetricTable>(requestUrl(path, { name: names }))
  client.setQueryData<MetricTable>(query.queryKey, (data) => data && replaceMetrics(data, fresh))
  return true
}
