// What is in the trash, how much runs use, and deleting for ever.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { Batcher } from '../lib/batcher'
import { getJson, patchJson, postJson, postNothing, requestUrl } from './client'
import type {
  ExperimentRow, ExperimentSizes, PurgeProgress, PurgeState, RunSizes, Size, TrashChoice, TrashedExperiments, TrashPlan,
} from './types'

/** The server's limits on ids of one request. */
const MOST_RUNS = 500
const MOST_EXPERIMENTS = 100
/** How soon to ask again for what the server had no time to measure, and how a purge goes. */
export const AGAIN = 700
/** Sizes of runs that go on change all the time. */
const SIZE_STALE = 10_000

/** `complete` is false while the server is measuring; `size` is null when it has nothing yet. */
export interface Measured {
  size: Size | null
  complete: boolean
}

const runs = new Batcher<string, Measured>({
  group: () => '',
  limit: MOST_RUNS,
  load: async (ids) => {
    const { sizes, complete } = await getJson<RunSizes>(requestUrl('/sizes/runs', { run_id: ids }))
    const found = new Map(sizes.map(({ run_id, size }) => [run_id, size]))
    return ids.map((id) => ({ size: found.get(id) ?? null, complete: complete || found.has(id) }))
  },
})

const experiments = new Batcher<string, Measured>({
  group: () => '',
  limit: MOST_EXPERIMENTS,
  load: async (ids) => {
    const { sizes } = await getJson<ExperimentSizes>(requestUrl('/sizes/experiments', { experiment_id: ids }))
    const found = new Map(sizes.map((each) => [each.experiment_id, each]))
    return ids.map((id) => ({ size: found.get(id)?.size ?? null, complete: found.get(id)?.complete ?? true }))
  },
})

function sizeQuery(path: '/sizes/runs' | '/sizes/experiments', id: string, batcher: Batcher<string, Measured>) {
  return queryOptions({
    queryKey: [path, { id }] as const,
    queryFn: () => batcher.load(id),
    staleTime: SIZE_STALE,
    refetchInterval: ({ state: { data } }) => (data?.complete === false ? AGAIN : false),
  })
}

export const runSizeQuery = (runId: string) => sizeQuery('/sizes/runs', runId, runs)

/** Of its runs, those in the trash included. */
export const experimentSizeQuery = (experimentId: string) => sizeQuery('/sizes/experiments', experimentId, experiments)

export const trashedExperimentsQuery = () =>
  queryOptions({
    queryKey: ['/trash/experiments', {}] as const,
    queryFn: ({ signal }) => getJson<TrashedExperiments>('/trash/experiments', signal),
  })

/** What deleting for ever would delete; an empty choice is the whole trash. */
export const planQuery = (choice: TrashChoice) =>
  queryOptions({
    queryKey: ['/trash/plan', choice] as const,
    queryFn: () => postJson<TrashPlan>('/trash/plan', choice),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data?.complete === false ? AGAIN : false),
  })

export const purgeQuery = () =>
  queryOptions({
    queryKey: ['/trash/purge', {}] as const,
    queryFn: ({ signal }) => getJson<PurgeState>('/trash/purge', signal),
    refetchInterval: ({ state: { data } }) => (data?.purge?.status === 'running' ? AGAIN : false),
  })

/** Ask again for all that changes when runs are moved to the trash or the archive, or out of them. */
export function trashChanged(client: QueryClient): Promise<void> {
  const stale = ['/runs', '/run-groups', '/archived-runs', '/experiments', '/trash/experiments', '/trash/plan']
  return client.invalidateQueries({ predicate: ({ queryKey: [path] }) => typeof path === 'string' && stale.includes(path) })
}

/** Begin to delete for ever what a plan said. */
export function usePurge(choice: TrashChoice) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (before: number) => postJson<PurgeProgress>('/trash/purge', { ...choice, before }),
    onSuccess: (purge) => client.setQueryData<PurgeState>(purgeQuery().queryKey, { purge }),
  })
}

export interface ExperimentMove {
  action: 'delete' | 'restore'
  id: string
  name: string
}

export function useMoveExperiment() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ action, id }: ExperimentMove) => postNothing(`/experiments/${encodeURIComponent(id)}/${action}`),
    // The live stream tells other pages; this one need not wait for it.
    onSettled: () => trashChanged(client),
  })
}

export function useRenameExperiment(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (name: string) => patchJson<ExperimentRow>(`/experiments/${encodeURIComponent(id)}`, { name }),
    onSuccess: () => client.invalidateQueries({ predicate: ({ queryKey: [path] }) => path === '/experiments' || path === '/runs' }),
  })
}
