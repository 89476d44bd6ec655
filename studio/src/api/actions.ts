// What the studio changes.
import { postJson } from './client'

/** The server's limit on runs of one request. */
const MOST_RUNS = 1000

export type TrashAction = 'delete' | 'restore'

/** Move runs to the trash, or out of it. */
export async function moveRuns(action: TrashAction, runIds: readonly string[]): Promise<void> {
  for (let start = 0; start < runIds.length; start += MOST_RUNS) {
    await postJson(`/runs/${action}`, { run_ids: runIds.slice(start, start + MOST_RUNS) })
  }
}
