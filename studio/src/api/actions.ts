// What the studio changes.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { deletePath, patchJson, postJson, putJson } from './client'
import { experimentsQuery, runPath, runQuery, viewsQuery } from './queries'
import type { RunChange, RunDetail, SavedView, ViewPage } from './types'

/** The server's limit on runs of one request. */
const MOST_RUNS = 1000

export type TrashAction = 'delete' | 'restore'

/** Move runs to the trash, or out of it. */
export async function moveRuns(action: TrashAction, runIds: readonly string[]): Promise<void> {
  for (let start = 0; start < runIds.length; start += MOST_RUNS) {
    await postJson(`/runs/${action}`, { run_ids: runIds.slice(start, start + MOST_RUNS) })
  }
}

/** Change a run; its page shows the server's answer at once. */
export function useChangeRun(runId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: Partial<RunChange>) => patchJson<RunDetail>(runPath(runId), change),
    onSuccess: (run) => client.setQueryData<RunDetail>(runQuery(runId).queryKey, run),
  })
}

export type ViewAction =
  | { kind: 'create'; name: string; query: string }
  | { kind: 'change'; id: string; change: { name?: string; query?: string } }
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
      putJson(`/experiments/${encodeURIComponent(experiment)}/default-view`, { view_id: view }),
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
