// The beginning of a file's bytes, for its preview.
import { queryOptions } from '@tanstack/react-query'
import { artifactUrl, asText, TEXT_LIMIT } from '../lib/preview'
import { request } from './client'
import { runPath } from './queries'

export interface TextPreview {
  /** Null when the file is no text. */
  text: string | null
  cut: boolean
}

/** The key lies below the run's artifacts, so that a change of them asks for the text again. */
export const textQuery = (runId: string, path: string, size: number | null) =>
  queryOptions({
    queryKey: [`${runPath(runId)}/artifacts`, { text: path, size }] as const,
    queryFn: ({ signal }) => readText(runId, path, size, signal),
  })

async function readText(runId: string, path: string, size: number | null, signal: AbortSignal): Promise<TextPreview> {
  // An empty file has no range to ask for.
  const headers: HeadersInit = size === null || size > TEXT_LIMIT ? { range: `bytes=0-${TEXT_LIMIT - 1}` } : {}
  const response = await request(artifactUrl(runId, path), { headers, signal })
  const bytes = new Uint8Array(await response.arrayBuffer())
  const whole = Number(response.headers.get('content-range')?.split('/')[1] ?? bytes.byteLength)
  const cut = bytes.byteLength < whole
  return { text: asText(bytes, cut), cut }
}
