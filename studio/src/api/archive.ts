// Archived runs: how many there are, and which.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { archiveChange } from '../lib/archive'
import type { ArchiveAction } from '../lib/archive'
import { tagRuns } from './actions'
import { get, runPath } from './queries'
import { patchJson } from './client'
import { trashChanged } from './trash'
import type { ArchivedRuns } from './types'

/** How many archived runs of these experiments (of all, if none is named) match. */
export const archivedCountQuery = (experiments: readonly string[], matching: { filter?: string; search?: string } = {}) =>
  queryOptions(get<ArchivedRuns>('/archived-runs', { experiment_id: experiments, ...matching }))

/** Archive runs, or undo that: for all of them or for none. */
export async function archiveRuns(action: ArchiveAction, runIds: readonly string[]): Promise<void> {
  await tagRuns({ run_ids: runIds, ...archiveChange(action) })
}

/** The same for one run, whose page shows it at once. */
export function useArchiveRun(runId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (action: ArchiveAction) => patchJson<unknown>(runPath(runId), archiveChange(action)),
    onSuccess: (answer) => client.setQueryData(get(runPath(runId)).queryKey, answer),
    // The live stream tells other pages; lists that were open before need not wait for it.
    onSettled: () => trashChanged(client),
  })
}
