// Archived runs: left out of the list of jobs, and otherwise like any other run.

/** Scripts may set it, too; a run with another value is not archived. */
export const ARCHIVED_TAG = 'runyard.archived'
const VALUE = 'true'

export type ArchiveAction = 'archive' | 'unarchive'

interface Tag {
  key: string
  value: string
}

export function isArchived(tags: readonly Tag[]): boolean {
  return tags.some(({ key, value }) => key === ARCHIVED_TAG && value === VALUE)
}

/** How a run's tags change. */
export function archiveChange(action: ArchiveAction): { set_tags: Tag[] } | { delete_tags: string[] } {
  return action === 'archive' ? { set_tags: [{ key: ARCHIVED_TAG, value: VALUE }] } : { delete_tags: [ARCHIVED_TAG] }
}
