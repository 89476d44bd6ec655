// Which runs of the list have curves beside it, how they are grouped, and which of them are hidden.
import type { RunGroup } from '../../../charts/runCharts'
import { ATTRIBUTES } from '../../../lib/columns'
import type { Column } from '../../../lib/columns'
import { USUAL_SHAPE } from '../../../lib/grouping'
import type { Grouping } from '../../../lib/grouping'
import { groupKey } from '../runTree'
import type { TableRow } from '../runTree'

/** As many as the server compares. */
export const MOST_DRAWN = 100
/** Of a list of which nothing is checked: more curves than these are a tangle. */
export const DRAWN_UNASKED = 20

/** The runs that are listed first, in groups and trees those whose rows are open. */
export function listedRuns(rows: readonly TableRow[], most: number): string[] {
  const ids: string[] = []
  for (const row of rows) {
    if (ids.length === most) break
    if (row.kind === 'run') ids.push(row.run.run_id)
  }
  return ids
}

/** How runs are drawn when the list groups them: by the outermost group, in the shape that the charts' own setting says. */
export function drawnGroup([by]: readonly Column[], shape: Grouping | null): Grouping | null {
  if (by === undefined || by.kind === 'metric') return null
  const tag = by.kind === 'attribute' ? ATTRIBUTES[by.name]?.tag : undefined
  const { center, band } = shape ?? USUAL_SHAPE
  return tag === undefined ? { kind: by.kind, name: by.name, center, band } : { kind: 'tag', name: tag, center, band }
}

/** Ids of the runs that are hidden, by themselves or with their group. */
export function hiddenRuns(hidden: readonly string[], groups: readonly RunGroup[]): string[] {
  const keys = new Set(hidden)
  const members = groups.flatMap(({ value, runs }) => (keys.has(groupKey([value])) ? runs : []))
  return [...new Set([...hidden.filter((key) => !key.startsWith('g')), ...members])]
}
