// Which files of two runs the page of compared runs sets side by side, kept in its URL.

export interface CompareFilesView {
  path: string | null
  /** The runs whose files are compared, if they were chosen. */
  left: string | null
  right: string | null
  /** One under the other instead of side by side. */
  unified: boolean
  /** Text that paths contain. */
  find: string
}

const KEYS = ['file', 'left', 'right', 'unified', 'files'] as const

export function readCompareFilesView(search: URLSearchParams): CompareFilesView {
  return {
    path: search.get('file'),
    left: search.get('left'),
    right: search.get('right'),
    unified: search.get('unified') === '1',
    find: search.get('files') ?? '',
  }
}

/** The query of the page after a change; what else it holds stays. */
export function withCompareFilesView(search: URLSearchParams, view: CompareFilesView): URLSearchParams {
  const rest = [...search].filter(([key]) => !(KEYS as readonly string[]).includes(key))
  const written = new URLSearchParams()
  if (view.path !== null) written.set('file', view.path)
  if (view.left !== null) written.set('left', view.left)
  if (view.right !== null) written.set('right', view.right)
  if (view.unified) written.set('unified', '1')
  if (view.find !== '') written.set('files', view.find)
  return new URLSearchParams([...rest, ...written])
}

/** The two runs to compare: those that were chosen, or else the first of `having`, which have the file. */
export function comparedPair(
  runs: readonly string[], { left, right }: Pick<CompareFilesView, 'left' | 'right'>, having: readonly string[],
): [string, string] {
  const known = (run: string | null) => (run !== null && runs.includes(run) ? run : null)
  const one = known(left) ?? having.find((run) => run !== right) ?? runs[0] ?? ''
  const other = known(right) ?? having.find((run) => run !== one) ?? runs.find((run) => run !== one) ?? one
  return [one, other]
}
