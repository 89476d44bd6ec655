import { Button } from '@fluentui/react-components'
import { ChevronLeftRegular } from '@fluentui/react-icons/svg/chevron-left'
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { runPath } from '../../../../api/queries'
import { ErrorState } from '../../../../components/states'
import { formatCount, plural } from '../../../../lib/format'
import { artifactUrl } from '../../../../lib/preview'
import { WorkerCalls } from '../../../../lib/workerCalls'
import { Loading } from '../Loading'
import { useOutputsView } from '../useOutputsView'
import { DataTable, MOST_COLUMNS } from './DataTable'
import type { RichProps } from './kinds'
import type { ParquetPage, ParquetTask } from './parquetWorker'

const PAGE = 1_000

/** Rows of a Parquet file, a page at a time: the rest of it is not read. */
export default function ParquetTable({ runId, path, size }: RichProps) {
  const [{ page }, change] = useOutputsView()
  const [worker, setWorker] = useState<WorkerCalls<ParquetTask, ParquetPage> | null>(null)
  useEffect(() => {
    const made = new WorkerCalls<ParquetTask, ParquetPage>(new Worker(new URL('./parquetWorker.ts', import.meta.url), { type: 'module' }))
    setWorker(made)
    return () => made.close()
  }, [runId, path, size])
  const { data, error, isError, refetch, isPlaceholderData } = useQuery({
    queryKey: [`${runPath(runId)}/artifacts`, { parquet: path, size, page }] as const,
    queryFn: () => {
      if (worker === null) throw new Error('The reader of tables could not be started.')
      return worker.ask({ url: artifactUrl(runId, path), size, from: (page - 1) * PAGE, to: page * PAGE })
    },
    enabled: worker !== null,
    placeholderData: keepPreviousData,
    // The file is unreadable, or the network is gone: neither gets better by asking twice.
    retry: false,
  })
  if (isError) return <ErrorState small what="The table could not be read" error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading />
  const pages = Math.max(1, Math.ceil(data.total / PAGE))
  const first = (page - 1) * PAGE + 1
  const seen = Math.min(data.columns.length, MOST_COLUMNS)
  return (
    <>
      <div className="preview-note muted" role="status">
        <span className="grow ellipsis">
          {data.total <= PAGE ? plural(data.total, 'row') : `Rows ${formatCount(first)} to ${formatCount(Math.min(data.total, page * PAGE))} of ${formatCount(data.total)}`},{' '}
          {seen < data.allColumns ? `the first ${seen} of ${plural(data.allColumns, 'column')}` : plural(data.allColumns, 'column')}
        </span>
        {pages > 1 && (
          <>
            <Button size="small" appearance="subtle" icon={<ChevronLeftRegular />} aria-label="Previous page" disabled={page <= 1} onClick={() => change({ page: page - 1 })} />
            {formatCount(page)} / {formatCount(pages)}
            <Button size="small" appearance="subtle" icon={<ChevronRightRegular />} aria-label="Next page" disabled={page >= pages} onClick={() => change({ page: page + 1 })} />
          </>
        )}
      </div>
      <div className={isPlaceholderData ? 'fill stale' : 'fill'}>
        <DataTable key={page} data={data} first={first} label={path} />
      </div>
    </>
  )
}
