// The rows of a table that opens: groups, runs below runs, and what stands for rows that are on their way.
import type { RunGroup, RunGroupPage, RunPage, RunRow } from '../../api/types'

/** Where rows come from: a page after the other of one request. */
export interface Branch {
  key: string
  /** The values of the groups around it, from the outside in; null for runs without one. */
  path: readonly (string | null)[]
  /** The run whose children these are. */
  parent: string | null
}

/** What is known of a branch by now. */
export interface BranchState {
  pages: readonly (RunPage | RunGroupPage)[]
  hasMore: boolean
  error: Error | null
}

interface At {
  key: string
  depth: number
  /** The branch that it is a part of. */
  branch: Branch
}
export type TableRow = At &
  (
    | { kind: 'run'; run: RunRow; open: boolean }
    | { kind: 'group'; group: RunGroup; path: readonly (string | null)[]; open: boolean }
    | { kind: 'pending' }
    | { kind: 'failed'; error: Error }
  )

export interface Tree {
  rows: TableRow[]
  /** All branches that have rows, also those that have not answered yet. */
  branches: Branch[]
}

export const ROOT: Branch = { key: '', path: [], parent: null }
/** How many rows stand for the first page while it loads, and for children. */
const FIRST_PENDING = 20
const MOST_PENDING = 5

/** The key of a run, or of the group with these values, in the list of what is open. */
export function groupKey(path: readonly (string | null)[]): string {
  return `g${path.map((value) => (value === null ? '' : `=${encodeURIComponent(value)}`)).join('/')}`
}
export function runKey(runId: string): string {
  return `r${runId}`
}

/** The rows that one sees, by what is open and what is known of each branch. */
export function runTree(open: ReadonlySet<string>, known: ReadonlyMap<string, BranchState>): Tree {
  const rows: TableRow[] = []
  const branches: Branch[] = []
  const seen = new Set<string>()
  const visit = (branch: Branch, depth: number, expected: number) => {
    branches.push(branch)
    const state = known.get(branch.key)
    for (const page of state?.pages ?? []) {
      if ('groups' in page) page.groups.forEach((group) => visitGroup(branch, group, depth))
      else page.runs.forEach((run) => visitRun(branch, run, depth))
    }
    rows.push(...tailOf(branch, state, depth, expected))
  }
  const visitGroup = (branch: Branch, group: RunGroup, depth: number) => {
    const path = [...branch.path, group.value]
    const key = groupKey(path)
    // Between two pages a group may have moved; it is shown where it was first.
    if (seen.has(key)) return
    seen.add(key)
    const isOpen = open.has(key)
    rows.push({ kind: 'group', key, group, path, depth, branch, open: isOpen })
    if (isOpen) visit({ key, path, parent: null }, depth + 1, Math.min(group.runs, MOST_PENDING))
  }
  const visitRun = (branch: Branch, run: RunRow, depth: number) => {
    const key = runKey(run.run_id)
    if (seen.has(key)) return
    seen.add(key)
    const children = run.child_count ?? 0
    const isOpen = children > 0 && open.has(key)
    rows.push({ kind: 'run', key, run, depth, branch, open: isOpen })
    if (isOpen) visit({ key, path: branch.path, parent: run.run_id }, depth + 1, Math.min(children, MOST_PENDING))
  }
  visit(ROOT, 0, FIRST_PENDING)
  return { rows, branches }
}

/** What stands at the end of a branch: for rows that are on their way, or that failed to come. */
export function tailOf(branch: Branch, state: BranchState | undefined, depth = 0, expected = FIRST_PENDING): TableRow[] {
  const at = (name: string): At => ({ key: `${branch.key} ${name}`, depth, branch })
  if (state?.error) return [{ ...at('failed'), kind: 'failed', error: state.error }]
  if (state === undefined || (state.pages.length === 0 && state.hasMore)) {
    return Array.from({ length: expected }, (_, index) => ({ ...at(`pending ${index}`), kind: 'pending' }))
  }
  return state.hasMore ? [{ ...at('pending'), kind: 'pending' }] : []
}

/** The list of what is open after one was opened or closed. */
export function toggledOpen(open: readonly string[], key: string): string[] {
  return open.includes(key) ? open.filter((each) => each !== key) : [...open, key]
}
