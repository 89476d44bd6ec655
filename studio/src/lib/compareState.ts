// What the page of compared runs shows, kept in the URL beside the state of its charts.

export const COMPARE_TABS = ['charts', 'plots', 'table', 'images', 'files'] as const
export type CompareTab = (typeof COMPARE_TABS)[number]

export interface CompareView {
  runs: string[]
  /** Runs whose curves are not drawn. */
  hidden: string[]
  tab: CompareTab
  /** The run that others are compared with, if one was chosen. */
  baseline: string | null
  /** Only rows in which the runs differ. */
  differences: boolean
  /** Text that the names of rows contain. */
  search: string
}

const KEYS = ['run', 'hide', 'tab', 'base', 'diff', 'q'] as const

export function readCompareView(search: URLSearchParams): CompareView {
  const runs = [...new Set(search.getAll('run').filter((run) => run !== ''))]
  const base = search.get('base')
  return {
    runs,
    hidden: search.getAll('hide').filter((run) => runs.includes(run)),
    tab: COMPARE_TABS.find((tab) => tab === search.get('tab')) ?? 'charts',
    baseline: base !== null && runs.includes(base) ? base : null,
    differences: search.get('diff') === '1',
    search: search.get('q') ?? '',
  }
}

/** The query of the page after a change; what its charts keep there stays. */
export function withCompareView(search: URLSearchParams, view: CompareView): URLSearchParams {
  const rest = [...search].filter(([key]) => !(KEYS as readonly string[]).includes(key))
  const written = new URLSearchParams(comparePath(view.runs).split('?')[1])
  for (const run of view.hidden) written.append('hide', run)
  if (view.tab !== 'charts') written.set('tab', view.tab)
  if (view.baseline !== null) written.set('base', view.baseline)
  if (view.differences) written.set('diff', '1')
  if (view.search !== '') written.set('q', view.search)
  return new URLSearchParams([...written, ...rest])
}

export function comparePath(runIds: readonly string[]): string {
  return `/compare?${new URLSearchParams(runIds.map((run) => ['run', run])).toString()}`
}
