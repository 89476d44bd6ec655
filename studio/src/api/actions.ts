// What the studio changes.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { patchJson, postJson } from './client'
import { runPath, runQuery } from './queries'
import type { RunChange, RunDetail } from './types'

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
