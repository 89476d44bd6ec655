// What plots over many runs ask for. Ids go in the body: a thousand are too long for an address.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { postJson } from './client'
import type { components } from './schema'

export interface ColumnsRequest {
  run_id: readonly string[]
  params: readonly string[]
  metrics: readonly string[]
}

export const COLUMNS_PATH = '/runs/columns'

type RunColumns = components['schemas']['RunColumns']

export function fetchColumns({ run_id: run_ids, params, metrics }: ColumnsRequest): Promise<RunColumns> {
  return postJson<RunColumns>(COLUMNS_PATH, { run_ids, params, metrics })
}

/** Parameters and metrics of runs, those on screen staying while others load. */
export const runColumnsQuery = (wanted: ColumnsRequest) =>
  queryOptions({
    queryKey: [COLUMNS_PATH, wanted] as const,
    queryFn: () => fetchColumns(wanted),
    placeholderData: keepPreviousData,
  })

/** Which parameters and metrics these runs have. New ones are found when the page is opened anew. */
export const runNamesQuery = (runIds: readonly string[]) =>
  queryOptions({
    queryKey: ['/runs/names', { run_id: runIds }] as const,
    queryFn: () => postJson<components['schemas']['RunNames']>('/runs/names', { run_ids: runIds }),
    placeholderData: keepPreviousData,
  })
