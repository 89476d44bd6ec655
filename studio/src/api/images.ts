// The images, figures and tables of a run.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { artifactUrl } from '../lib/preview'
import { readTable } from '../lib/loggedTable'
import { getJson, request, requestUrl } from './client'
import { runPath } from './queries'
import type { FigureListing, ImageListing } from './types'

function listing<T>(path: string) {
  return queryOptions({
    queryKey: [path, {}] as const,
    queryFn: ({ signal }) => getJson<T>(requestUrl(path), signal),
  })
}

export const imagesQuery = (runId: string) => listing<ImageListing>(`${runPath(runId)}/images`)

export const figuresQuery = (runId: string) => listing<FigureListing>(`${runPath(runId)}/figures`)

/** A logged table; null when the file is none. The key lies below the run's artifacts, as that of their texts. */
export const tableQuery = (runId: string, path: string, size: number | null) =>
  queryOptions({
    queryKey: [`${runPath(runId)}/artifacts`, { table: path, size }] as const,
    queryFn: async ({ signal }) => readTable(await (await request(artifactUrl(runId, path), { signal })).text()),
    // A table that grows stays on screen while its longer self is read.
    placeholderData: keepPreviousData,
  })
