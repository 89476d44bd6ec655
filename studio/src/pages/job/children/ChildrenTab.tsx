import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { childrenQuery } from '../../../api/family'
import { ErrorState, State } from '../../../components/states'
import { NOTHING_SELECTED, select, selectAll } from '../../../lib/selection'
import { ChildFoot } from './ChildFoot'
import { ChildTable } from './ChildTable'

/** The runs that name this one as their parent. */
export default function ChildrenTab({ runId }: { runId: string }) {
  const { data, error, isError, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(childrenQuery(runId))
  const [selection, setSelection] = useState(NOTHING_SELECTED)
  const rows = useMemo(() => data?.pages.flatMap(({ runs }) => runs) ?? [], [data])
  const ids = useMemo(() => rows.map(({ run_id: id }) => id), [rows])
  const onCheck = useCallback((id: string, range: boolean) => setSelection((before) => select(before, ids, id, range)), [ids])
  const onCheckAll = useCallback(() => setSelection((before) => selectAll(before, ids)), [ids])
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [isFetchingNextPage, fetchNextPage])
  if (isError && data === undefined) {
    return <ErrorState what="The child jobs could not be loaded" error={error} retry={() => void refetch()} />
  }
  // Names of columns are the same on all pages but while children are being logged.
  const first = data?.pages[0]
  if (first !== undefined && rows.length === 0) {
    return (
      <State title="No child jobs">
        <p className="muted">Runs that are started within this one appear here.</p>
        <div className="code">with mlflow.start_run(nested=True): …</div>
      </State>
    )
  }
  return (
    <div className="pane grow">
      <ChildTable
        rows={rows} metrics={first?.metrics ?? []} params={first?.params ?? []} loading={first === undefined}
        hasMore={hasNextPage} loadMore={loadMore} selection={selection} onCheck={onCheck} onCheckAll={onCheckAll}
      />
      <ChildFoot runId={runId} total={first?.total} checked={selection.ids} clear={() => setSelection(NOTHING_SELECTED)} />
    </div>
  )
}
