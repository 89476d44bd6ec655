// What the studio changes.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { COLOR_TAG } from '../lib/colors'
import { deletePath, patchJson, postJson, send } from './client'
import { experimentsQuery, get, runPath, viewsQuery } from './queries'
import type { EntryChange, KeyValue, RunChange, SavedView, ViewPage } from './types'

/** The server's limit on runs of one request. */
const MOST_RUNS = 1000

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

/** Change a run; its page shows the server's answer at once. */
export function useChangeRun(runId: string) {
  return useChange<Partial<RunChange>>(runPath(runId))
}

/** Change what people write about a run, a registered model or a version of one; its page shows the answer at once. */
export function useChange<Change = Partial<EntryChange>>(path: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: Change) => patchJson<unknown>(path, change),
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
