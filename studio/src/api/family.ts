// What a run is related to: its children, and the data and models that it read and made.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { getJson, request, requestUrl } from './client'
import { runPath } from './queries'
import type { ChildPage, DatasetDetail, Lineage } from './types'

export function childrenQuery(runId: string) {
  const path = `${runPath(runId)}/children`
  return infiniteQueryOptions({
    queryKey: [path, {}] as const,
    queryFn: ({ signal, pageParam }) => getJson<ChildPage>(requestUrl(path, { page_token: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_page_token ?? undefined,
  })
}

export const lineageQuery = (runId: string) =>
  queryOptions({
    queryKey: [`${runPath(runId)}/lineage`, {}] as const,
    queryFn: ({ signal }) => getJson<Lineage>(requestUrl(`${runPath(runId)}/lineage`), signal),
    // A model gets ready, or is registered, without a word about its run.
    staleTime: 0,
  })

export function datasetQuery(runId: string, name: string, digest: string) {
  const path = `${runPath(runId)}/dataset`
  return queryOptions({
    queryKey: [path, { name, digest }] as const,
    queryFn: ({ signal }) => getJson<DatasetDetail>(requestUrl(path, { name, digest }), signal),
  })
}

export interface ModelFile {
  path: string
  is_dir: boolean
  file_size?: number
}

const modelUrl = (modelId: string) => `/api/2.0/mlflow/logged-models/${encodeURIComponent(modelId)}/artifacts`

/** One folder of a logged model's files, which lie outside of the run's; by MLflow's own API. */
export const modelFilesQuery = (modelId: string, folder: string) =>
  queryOptions({
    queryKey: [modelUrl(modelId), { folder }] as const,
    queryFn: async ({ signal }) => {
      const url = requestUrl(`${modelUrl(modelId)}/directories`, { artifact_directory_path: folder })
      const answer = (await (await request(url, { signal })).json()) as { files?: ModelFile[]; next_page_token?: string }
      return { files: answer.files ?? [], more: answer.next_page_token !== undefined }
    },
    staleTime: 0,
  })

export function modelFileUrl(modelId: string, path: string): string {
  return requestUrl(`${modelUrl(modelId)}/files`, { artifact_file_path: path, download: 1 })
}
