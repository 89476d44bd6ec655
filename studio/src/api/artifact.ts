// The beginning of a file's bytes, or the end of a log's, for its preview.
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { decoded, readable } from '../lib/encoding'
import type { Encoding } from '../lib/encoding'
import type { Part } from '../lib/lineBlocks'
import { artifactUrl, isLog, TEXT_LIMIT } from '../lib/preview'
import { getJson, request, requestUrl } from './client'
import { runPath } from './queries'
import type { ArtifactLines } from './types'

export interface TextPreview {
  /** Null when the file is no text. */
  text: string | null
  encoding: Encoding
  /** Which end is missing, if the file is long: logs are shown from their end. */
  cut: 'start' | 'end' | null
}

export interface WholeText {
  text: string
  /** Null when some of it is no text. */
  encoding: Encoding | null
}

export interface FileVersion {
  /** In bytes. */
  size: number
  /** Another one after each upload. */
  etag: string
}

/** Which file it is now. The key lies below the run's artifacts, so that a change of them asks again. */
export const fileQuery = (runId: string, path: string) =>
  queryOptions({
    queryKey: [`${runPath(runId)}/artifacts`, { file: path }] as const,
    queryFn: async ({ signal }): Promise<FileVersion> => {
      const { headers } = await request(artifactUrl(runId, path), { method: 'HEAD', signal })
      return { size: Number(headers.get('content-length') ?? 0), etag: etagOf(headers) }
    },
  })

/** The key lies below the run's artifacts, so that a change of them asks for the text again. */
export const textQuery = (runId: string, path: string, size: number | null) =>
  queryOptions({
    queryKey: [`${runPath(runId)}/artifacts`, { text: path, size }] as const,
    queryFn: ({ signal }) => (isLog(path) ? readLog(runId, path, size, signal) : readText(runId, path, size, signal)),
    // A log that grows stays on screen while its longer self is read.
    placeholderData: keepPreviousData,
  })

async function readText(runId: string, path: string, size: number | null, signal: AbortSignal): Promise<TextPreview> {
  // An empty file has no range to ask for.
  const headers: HeadersInit = size === null || size > TEXT_LIMIT ? { range: `bytes=0-${TEXT_LIMIT - 1}` } : {}
  const response = await request(artifactUrl(runId, path), { headers, signal })
  const bytes = new Uint8Array(await response.arrayBuffer())
  const whole = Number(response.headers.get('content-range')?.split('/')[1] ?? bytes.byteLength)
  const cut = bytes.byteLength < whole
  return preview(bytes, cut, cut ? 'end' : null)
}

async function readLog(runId: string, path: string, size: number | null, signal: AbortSignal): Promise<TextPreview> {
  const headers: HeadersInit = size === null || size > TEXT_LIMIT ? { range: `bytes=-${TEXT_LIMIT}` } : {}
  const response = await request(artifactUrl(runId, path), { headers, signal })
  const bytes = new Uint8Array(await response.arrayBuffer())
  const from = Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? 0)
  if (from === 0) return preview(bytes, true, null)
  // The first line is a part of one, and may begin within a character.
  return preview(bytes.subarray(bytes.indexOf(10) + 1), true, 'start')
}

function preview(bytes: Uint8Array, open: boolean, cut: TextPreview['cut']): TextPreview {
  return { ...(decoded(bytes, open) ?? { text: null, encoding: 'utf-8' }), cut }
}

/** Where the lines of a long file are: asked for until all is counted. */
export const linesQuery = (runId: string, path: string, size: number | null) =>
  queryOptions({
    queryKey: [`${runPath(runId)}/artifacts`, { lines: path, size }] as const,
    queryFn: async ({ signal }) => {
      for (;;) {
        const index = await getJson<ArtifactLines>(requestUrl(`${runPath(runId)}/artifact-lines`, { path }), signal)
        if (index.complete) return index
      }
    },
    placeholderData: keepPreviousData,
  })

/** Bytes from `start` to `end` of a file, and which file that was. */
export async function readPart(runId: string, path: string, start: number, end: number, signal: AbortSignal): Promise<Part> {
  const response = await request(artifactUrl(runId, path), { headers: { range: `bytes=${start}-${end - 1}` }, signal })
  return { bytes: new Uint8Array(await response.arrayBuffer()), etag: etagOf(response.headers) }
}

/** Without quotes, as the server's line index has it; a proxy that packs answers marks it as weak. */
function etagOf(headers: Headers): string {
  return (headers.get('etag') ?? '').replace(/^W\//, '').replaceAll('"', '')
}

/** All of a file as text, even if some of it is none. */
export async function readAll(runId: string, path: string, signal?: AbortSignal): Promise<WholeText> {
  const response = await request(artifactUrl(runId, path), { signal: signal ?? null })
  return readable(new Uint8Array(await response.arrayBuffer()))
}
