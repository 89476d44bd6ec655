// What the pages of the model registry ask for and change.
import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { deletePath, getJson, putJson, requestUrl } from './client'
import { get } from './queries'
import type { ArtifactFolder, ModelDetail, ModelFiles, ModelPage, VersionDetail, VersionPage } from './types'

const PAGE = 100
/** Pages of runs are not told of the registry's changes, so what is older is asked for again when one comes back. */
const STALE_AFTER = 1000

export interface ModelsRequest {
  search: string
  filter: string
  sort: 'name' | 'created' | 'updated'
  descending: boolean
}

export function modelsQuery(wanted: ModelsRequest) {
  const parameters = { ...wanted, descending: wanted.descending ? 'true' : undefined, max_results: PAGE }
  return infiniteQueryOptions({
    queryKey: ['/models', parameters] as const,
    queryFn: ({ signal, pageParam }) =>
      getJson<ModelPage>(requestUrl('/models', { ...parameters, page_token: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_page_token ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: STALE_AFTER,
  })
}

export const registeredModelPath = (name: string) => `/models/${encodeURIComponent(name)}`

export const registeredVersionPath = (name: string, version: string) =>
  `${registeredModelPath(name)}/versions/${encodeURIComponent(version)}`

export const modelQuery = (name: string) =>
  queryOptions({ ...get<ModelDetail>(registeredModelPath(name)), staleTime: STALE_AFTER })

export function versionsQuery(name: string) {
  const path = `${registeredModelPath(name)}/versions`
  return infiniteQueryOptions({
    queryKey: [path, {}] as const,
    queryFn: ({ signal, pageParam }) =>
      getJson<VersionPage>(requestUrl(path, { max_results: PAGE, page_token: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_page_token ?? undefined,
    staleTime: STALE_AFTER,
  })
}

export const versionQuery = (name: string, version: string) =>
  queryOptions({ ...get<VersionDetail>(registeredVersionPath(name, version)), staleTime: STALE_AFTER })

export const versionFilesQuery = (name: string, version: string) =>
  get<ModelFiles>(`${registeredVersionPath(name, version)}/files`)

export const versionFolderQuery = (name: string, version: string, path: string) =>
  get<ArtifactFolder>(`${registeredVersionPath(name, version)}/artifacts`, { path })

export type RegistryAction =
  /** `held` is the version that the reader saw the alias name; the server refuses when it is another by now. */
  | { kind: 'set-alias'; alias: string; version: string; held: string | null }
  | { kind: 'remove-alias'; alias: string }
  | { kind: 'delete-version'; version: string }
  | { kind: 'delete-model' }

/** Change the aliases of a model, or delete it or one of its versions. */
export function useRegistryAction(name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (action: RegistryAction) => act(name, action),
    // Not waited for: the page of what was deleted is left at once, and nothing of it is asked for again.
    onSuccess: (_answer, { kind }) => {
      void client.invalidateQueries({
        predicate: ({ queryKey: [path] }) =>
          path === '/models' ||
          (kind !== 'delete-model' && isOfModel(path, name) && !(kind === 'delete-version' && isOfVersion(path))),
      })
    },
  })
}

function isOfModel(path: unknown, name: string): boolean {
  return typeof path === 'string' && `${path}/`.startsWith(`${registeredModelPath(name)}/`)
}

function isOfVersion(path: unknown): boolean {
  return typeof path === 'string' && /\/versions\/[^/]+/.test(path)
}

async function act(name: string, action: RegistryAction): Promise<void> {
  const path = registeredModelPath(name)
  switch (action.kind) {
    case 'set-alias':
      await putJson<ModelDetail>(`${path}/aliases/${encodeURIComponent(action.alias)}`, { version: action.version, held: action.held })
      return
    case 'remove-alias':
      return deletePath(`${path}/aliases/${encodeURIComponent(action.alias)}`)
    case 'delete-version':
      return deletePath(registeredVersionPath(name, action.version))
    case 'delete-model':
      return deletePath(path)
  }
}
