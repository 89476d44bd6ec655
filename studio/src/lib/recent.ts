// Runs that were opened last.

export interface RecentRun {
  id: string
  name: string
  experiment: string
}

const MOST = 8

/** The list after a run was opened: it stands first, and once. */
export function withRecent(runs: readonly RecentRun[], run: RecentRun): RecentRun[] {
  return [run, ...runs.filter(({ id }) => id !== run.id)].slice(0, MOST)
}

/** What storage holds, as far as it is such a list. */
export function readRecent(value: unknown): RecentRun[] {
  return Array.isArray(value) ? value.filter(isRecent) : []
}

function isRecent(value: unknown): value is RecentRun {
  if (typeof value !== 'object' || value === null) return false
  return ['id', 'name', 'experiment'].every((key) => key in value && typeof (value as Record<string, unknown>)[key] === 'string')
}
