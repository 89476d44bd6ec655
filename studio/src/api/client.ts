// The one way to fetch from the server.

import type { JobProblem, Place } from './types'

const BASE = '/studio-api'

/** What the server answered instead of data, in its own words, or that it did not answer. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  /** Of a filter that can't be understood. */
  readonly place: Place | null
  /** Of a job file: all that is wrong with it. */
  readonly problems: readonly JobProblem[]

  constructor(status: number, code: string, message: string, place: Place | null = null, problems: readonly JobProblem[] = []) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.place = place
    this.problems = problems
  }

  /** Nothing was heard from the server, so asking again may help. */
  get unreachable(): boolean {
    return this.status === 0
  }
}

/** What was asked for is not there, or not any more. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}

/** Somebody else changed meanwhile what was to be changed. */
export function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'INVALID_STATE'
}

export type Parameters = Readonly<Record<string, string | number | readonly string[] | undefined>>

/** Path and query of a request; the key of its answer in the cache. */
export function requestUrl(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === '') continue
    if (typeof value === 'object') for (const each of value) query.append(name, each)
    else query.set(name, String(value))
  }
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

export async function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  const response = await request(BASE + url, { signal: signal ?? null, headers: { accept: 'application/json' } })
  return (await response.json()) as T
}

export async function postForBytes(url: string, body: unknown, signal?: AbortSignal): Promise<ArrayBuffer> {
  return (await post(url, body, signal)).arrayBuffer()
}

export async function postJson<T>(url: string, body: unknown): Promise<T> {
  return (await (await post(url, body)).json()) as T
}

/** For what is answered with success alone. */
export async function postNothing(url: string): Promise<void> {
  await post(url, {})
}

export async function patchJson<T>(url: string, body: unknown): Promise<T> {
  return (await (await send('PATCH', url, body)).json()) as T
}

export async function putJson<T>(url: string, body: unknown): Promise<T> {
  return (await (await send('PUT', url, body)).json()) as T
}

export async function deletePath(url: string): Promise<void> {
  await request(BASE + url, { method: 'DELETE' })
}

function post(url: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  return send('POST', url, body, signal)
}

/** Write what is answered by nothing. */
export function send(method: string, url: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  return request(BASE + url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: signal ?? null,
  })
}

/** Fetch, and turn anything but success into an ApiError. */
export async function request(url: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(0, 'UNREACHABLE', 'The server can’t be reached.')
  }
  if (response.ok) return response
  throw await told(response)
}

async function told(response: Response): Promise<ApiError> {
  const fallback = `The server answered ${response.status} ${response.statusText}`.trim()
  try {
    const body: unknown = await response.json()
    if (typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string') {
      const code = 'error_code' in body && typeof body.error_code === 'string' ? body.error_code : ''
      const problems = 'problems' in body ? (body.problems as JobProblem[]) : []
      return new ApiError(response.status, code, body.message, 'place' in body ? (body.place as Place) : null, problems)
    }
  } catch {
    // The body is no JSON: a proxy's error page, for example.
  }
  return new ApiError(response.status, '', fallback)
}
