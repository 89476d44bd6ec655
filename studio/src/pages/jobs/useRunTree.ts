// The rows of the list, with those below groups and parents that are open.
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ListPage } from '../../api/queries'
import { useBranches } from '../../api/useBranches'
import type { Results } from '../../api/useBranches'
import type { Column } from '../../lib/columns'
import type { JobsList, JobsView } from '../../lib/jobsState'
import { GrowingTree } from './growingTree'
import { branchQuery, listRequest } from './listQuery'
import { ROOT } from './runTree'
import type { Branch, BranchState } from './runTree'

/** `enabled` is false while the columns are not known: else each list would be asked for twice. */
export function useRunTree(list: JobsList, view: JobsView, columns: readonly Column[], enabled: boolean) {
  const { experiments, search, as, sort, groups, nested, open: opened } = view
  const open = useMemo(() => new Set(opened), [opened])
  const [growing] = useState(() => new GrowingTree())
  const request = useMemo(
    () => listRequest(list, { experiments, search, as }, columns),
    [list, experiments, search, as, columns],
  )
  const optionsOf = useCallback(
    (branch: Branch) => branchQuery(request, { sort, groups, nested }, columns, branch),
    [request, sort, columns, groups, nested],
  )

  const wanted = useCallback(
    (known: Results<ListPage>) =>
      new Map(
        growing.tree(open, states(known)).branches.map((branch) => [
          branch.key,
          { ...optionsOf(branch), enabled },
        ]),
      ),
    [growing, open, optionsOf, enabled],
  )
  const known = useBranches<ListPage>(wanted)
  const { rows } = useMemo(() => growing.tree(open, states(known)), [growing, open, known])
  const answers = useRef(known)
  // Before the effects of the table, which ask for more.
  useLayoutEffect(() => {
    answers.current = known
  }, [known])
  const loadMore = useCallback((branch: string) => {
    const result = answers.current.get(branch)
    if (result?.hasNextPage === true && !result.isFetchingNextPage && !result.isFetchNextPageError) void result.fetchNextPage()
  }, [])
  const retry = useCallback((branch: string) => {
    const result = answers.current.get(branch)
    void (result?.isFetchNextPageError === true ? result.fetchNextPage() : result?.refetch())
  }, [])
  const root = known.get(ROOT.key)
  const shown = useMemo(() => (root?.data?.pages ?? []).reduce((sum, page) => sum + ('runs' in page ? page.runs.length : 0), 0), [root])
  return { rows, root, shown, request, loadMore, retry }
}

/** Rows in order, what was asked, and what is known of the outermost list: its answer, and how many runs it has so far. */
export type RunTree = ReturnType<typeof useRunTree>

function states(known: Results<ListPage>): Map<string, BranchState> {
  return new Map(
    [...known].map(([key, result]) => [
      key,
      {
        pages: result.data?.pages ?? [],
        hasMore: result.isPending || result.hasNextPage,
        // What could not be refreshed is shown as it was; the connection's bar tells of that.
        error: result.isError && !result.isRefetchError ? result.error : null,
      },
    ]),
  )
}
