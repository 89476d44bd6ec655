// Says in words how much runs use, and what a purge deletes or has deleted.
import type { PurgeProgress, Size, TrashPlan } from '../api/types'
import { formatBytes, formatCount, plural } from './format'

/** Where the bytes of a size lie, one line for each kind. */
export function sizeLines(size: Size): string[] {
  const logs = size.log_bytes > 0 ? `, of which logs ${formatBytes(size.log_bytes)}` : ''
  return [
    `Points ${formatBytes(size.point_bytes)} (${formatCount(size.points)}, as stored)`,
    `Artifacts ${formatBytes(size.artifact_bytes)} (${plural(size.files, 'file')}${logs})`,
    `Parameters and tags ${formatBytes(size.text_bytes)}`,
  ]
}

/** "3 runs, 1 experiment and 2 logged models"; without what there is none of. */
export function counted(runs: number, experiments: number, models: number): string {
  const parts = [
    ...(runs > 0 ? [plural(runs, 'run')] : []),
    ...(experiments > 0 ? [plural(experiments, 'experiment')] : []),
    ...(models > 0 ? [plural(models, 'logged model')] : []),
  ]
  const last = parts.pop()
  if (last === undefined) return 'Nothing'
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
}

export function isNothing(plan: TrashPlan): boolean {
  return plan.runs + plan.experiments + plan.models === 0
}

/** Bytes that a purge has given back to the file system. */
export function freed(purge: PurgeProgress): number {
  return purge.file_bytes + purge.database_bytes
}

/** One line about a purge. */
export function purgeText(purge: PurgeProgress): string {
  const space = formatBytes(freed(purge))
  switch (purge.status) {
    case 'running':
      return purge.phase === 'space'
        ? `Giving space back: ${space} freed so far`
        : `Deleting ${formatCount(purge.runs_done)} of ${plural(purge.runs_total, 'run')}: ${space} freed so far`
    case 'done':
      return `${counted(purge.runs, purge.experiments, purge.models)} deleted: ${space} freed`
    case 'failed':
      return `Deleting stopped after ${plural(purge.runs, 'run')}: ${purge.error ?? 'the server’s log says why'}`
    case 'interrupted':
      return `The server stopped after ${formatCount(purge.runs)} of ${plural(purge.runs_total, 'run')}: what was begun is finished, the rest is in the trash`
  }
}

/** What else there is to know of a purge that ended. */
export function purgeDetails(purge: PurgeProgress): string[] {
  return [
    `${plural(purge.points, 'point')} and ${plural(purge.files, 'file')} deleted`,
    `Files ${formatBytes(purge.file_bytes)}, database ${formatBytes(purge.database_bytes)}`,
    ...(purge.reusable_bytes > 0 ? [`${formatBytes(purge.reusable_bytes)} are free in the database and used before it grows`] : []),
    ...(purge.elsewhere > 0 ? [elsewhereText(purge.elsewhere)] : []),
  ]
}

export function elsewhereText(count: number): string {
  return `The artifacts of ${plural(count, 'run')} lie outside of this server and stay there.`
}
