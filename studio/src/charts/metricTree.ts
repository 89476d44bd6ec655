// Metrics as a tree, by the slashes in their names.
import { isSystemMetric } from '../lib/systemMetrics'
import type { MetricRow } from './metricRows'

export interface Folder {
  path: string
  label: string
  depth: number
  open: boolean
  /** Names of all metrics below. */
  names: readonly string[]
}

export interface Leaf {
  row: MetricRow
  label: string
  depth: number
}

export type TreeRow = ({ folder: Folder } & { leaf?: undefined }) | ({ leaf: Leaf } & { folder?: undefined })

/**
 * The rows of the tree from top to bottom; those of closed folders are left out. Folders come before metrics, and
 * measurements of machines after all that a script logged itself.
 */
export function metricTree(rows: readonly MetricRow[], folded: readonly string[]): TreeRow[] {
  const closed = new Set(folded)
  const own = rows.filter(({ name }) => !isSystemMetric(name))
  const machines = rows.filter(({ name }) => isSystemMetric(name))
  return [...below(own, '', 0, closed), ...below(machines, '', 0, closed)]
}

function below(rows: readonly MetricRow[], path: string, depth: number, folded: ReadonlySet<string>): TreeRow[] {
  const folders = new Map<string, MetricRow[]>()
  const leaves: TreeRow[] = []
  for (const row of rows) {
    const rest = row.name.slice(path.length)
    const slash = rest.indexOf('/')
    // A slash at either end belongs to the name.
    if (slash <= 0 || slash === rest.length - 1) {
      leaves.push({ leaf: { row, label: rest, depth } })
      continue
    }
    const label = rest.slice(0, slash)
    const there = folders.get(label)
    if (there === undefined) folders.set(label, [row])
    else there.push(row)
  }
  const branches = [...folders].flatMap(([label, members]): TreeRow[] => {
    const own = `${path}${label}/`
    const open = !folded.has(own)
    const folder: Folder = { path: own, label, depth, open, names: members.map(({ name }) => name) }
    return [{ folder }, ...(open ? below(members, own, depth + 1, folded) : [])]
  })
  return [...branches, ...leaves]
}

/** What stands before the last slash: the section of a metric's chart; none without a slash. */
export function sectionOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')))
}
