// What the studio changes.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { COLOR_TAG } from '../lib/colors'
import { deletePath, patchJson, postJson, send } from './client'
import { experimentsQuery, get, runPath, viewsQuery } from './queries'
import type { KeyValue, RunChange, RunDetail, SavedView, ViewPage } from './types'

/** The server's limit on runs of one request. */
const MOST_RUNS = 1000
/** Letters of what somebody else wrote. */
const MOST_TOLD = 200

export type TrashAction = 'delete' | 'restore'

/** Move runs to the trash, or out of it. */
export async function moveRuns(action: TrashAction, runIds: readonly string[]): Promise<void> {
  for (let start = 0; start < runIds.length; start += MOST_RUNS) {
    await postJson(`/runs/${action}`, { run_ids: runIds.slice(start, start + MOST_RUNS) })
  }
}

export interface TagChange {
  run_ids: readonly string[]
  set_tags?: readonly KeyValue[]
  delete_tags?: readonly string[]
}

/** Set or remove tags of many runs, of all of them or of none; answers how many changed. */
export async function tagRuns(change: TagChange): Promise<number> {
  const { runs } = await postJson<{ runs: number }>('/runs/tags', change)
  return runs
}

/** What of an entry is about to be written over. */
export interface Seen {
  /** As it is told in a question. */
  what: string
  read: (entry: Entry) => string | null
  /** What the reader began with; null where there was nothing. */
  value: string | null
}

/** A run keeps its description in a tag, what is registered has it as a field. */
export type Entry = Pick<RunDetail, 'name' | 'tags'> & { description?: string }

/** As much of a text as a message has room for. */
function shortened(text: string): string {
  return text.length > MOST_TOLD ? `${text.slice(0, MOST_TOLD)}…` : text
}

/** Somebody else changed it since the reader began. */
export class ChangedMeanwhile extends Error {
  readonly value: string | null

  constructor(what: string, value: string | null) {
    super(value === null ? `${what} was removed meanwhile. Save again to set it.` : `${what} is “${shortened(value)}” meanwhile. Save again to write over it.`)
    this.name = 'ChangedMeanwhile'
    this.value = value
  }
}

/**
 * Change what people write about a run, a registered model or a version of one; its page shows the answer at once. What
 * somebody else wrote since the reader began is not written over unasked.
 */
export function useChange(path: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ change, seen }: { change: Partial<RunChange>; seen?: Seen }) => {
      if (seen !== undefined) {
        const now = await client.query({ ...get<Entry>(path), staleTime: 0, retry: false })
        const value = seen.read(now)
        if (value !== seen.value) throw new ChangedMeanwhile(seen.what, value)
      }
      return patchJson<unknown>(path, change)
    },
    onSuccess: (answer) => client.setQueryData(get(path).queryKey, answer),
  })
}

/** Give a run a colour, or with null its own again; charts that are open follow at once. */
export function useRunColor() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ runId, color }: { runId: string; color: string | null }) =>
      patchJson<unknown>(runPath(runId), color === null ? { delete_tags: [COLOR_TAG] } : { set_tags: [{ key: COLOR_TAG, value: color }] }),
    onSuccess: (answer, { runId }) => client.setQueryData(get(runPath(runId)).queryKey, answer),
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey: [path] }) => path === '/compare' }),
  })
}

export type ViewAction =
  | { kind: 'create'; name: string; query: string }
  | { kind: 'change'; id: string; change: { name?: string; query?: string; held?: string } }
  | { kind: 'delete'; id: string }

/** Save, change or delete a view of a page; answers the view, if there is one still. */
export function useViewAction(page: ViewPage) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (action: ViewAction) => actOnView(page, action),
    onSettled: () => client.invalidateQueries({ queryKey: viewsQuery(page).queryKey }),
  })
}

/** Choose the view that an experiment's list opens with; null for the built-in one. */
export function useSetDefaultView() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ experiment, view }: { experiment: string; view: string | null }) =>
      send('PUT', `/experiments/${encodeURIComponent(experiment)}/default-view`, { view_id: view }),
    onSettled: () => client.invalidateQueries({ queryKey: experimentsQuery().queryKey }),
  })
}

async function actOnView(page: ViewPage, action: ViewAction): Promise<SavedView | null> {
  switch (action.kind) {
    case 'create':
      return postJson<SavedView>('/views', { page, name: action.name, query: action.query })
    case 'change':
      return patchJson<SavedView>(`/views/${encodeURIComponent(action.id)}`, action.change)
    case 'delete':
      await deletePath(`/views/${encodeURIComponent(action.id)}`)
      return null
  }
}
