import { Button } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { artifactsQuery } from '../../../api/queries'
import type { ArtifactFolder } from '../../../api/types'
import { FindField } from '../../../components/FindField'
import { ErrorState, State } from '../../../components/states'
import { archiveUrl } from '../../../lib/preview'
import { ArtifactTree } from './ArtifactTree'
import { FoundFiles } from './FoundFiles'
import { Preview } from './Preview'
import { useOutputsView } from './useOutputsView'
import './outputs.css'

const LOGS = 'user_logs'
const MAIN_LOG = `${LOGS}/std_log.txt`

/** The tree of a run's files, and a look into the chosen one. */
export default function OutputsTab({ runId }: { runId: string }) {
  const [{ path: chosen, filter }, change, choose] = useOutputsView()
  const root = useInfiniteQuery(artifactsQuery(runId, ''))
  const { data, error, isError, refetch } = root
  const hasLogs = has(data, LOGS)
  const logs = useInfiniteQuery({ ...artifactsQuery(runId, LOGS), enabled: chosen === null && hasLogs })
  // What one wants to see first of a job is what it prints.
  const path = chosen ?? (has(logs.data, MAIN_LOG) ? MAIN_LOG : null)
  const setFilter = useCallback((text: string) => change({ filter: text }), [change])
  if (isError && data === undefined) {
    return <ErrorState what="The outputs could not be listed" error={error} retry={() => void refetch()} />
  }
  if (data?.pages[0]?.entries.length === 0) {
    return (
      <State title="No outputs yet">
        <p className="muted">Files that the run logs appear here.</p>
        <div className="code">mlflow.log_text("hello", "notes.txt")</div>
      </State>
    )
  }
  return (
    <div className="outputs">
      <div className="outputs-side">
        <div className="outputs-head">
          <FindField value={filter} onChange={setFilter} delay={200} placeholder="Find files" />
          <Button as="a" size="small" appearance="subtle" icon={<ArrowDownloadRegular />} href={archiveUrl(runId)} download>
            Download all
          </Button>
        </div>
        {filter === '' ? (
          <ArtifactTree runId={runId} loading={data === undefined} chosen={path} choose={choose} />
        ) : (
          <FoundFiles runId={runId} filter={filter} chosen={path} choose={choose} />
        )}
      </div>
      {path === null ? (
        <div className="outputs-none muted">{data !== undefined && 'Choose a file to look into it.'}</div>
      ) : (
        <Preview key={path} runId={runId} path={path} choose={choose} />
      )}
    </div>
  )
}

function has(folder: { pages: ArtifactFolder[] } | undefined, path: string): boolean {
  return folder?.pages.some(({ entries }) => entries.some((entry) => entry.path === path)) === true
}
