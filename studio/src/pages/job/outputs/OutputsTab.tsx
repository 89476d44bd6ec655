import { Button } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { useQuery } from '@tanstack/react-query'
import { artifactsQuery } from '../../../api/queries'
import { ErrorState, State } from '../../../components/states'
import { archiveUrl } from '../../../lib/preview'
import { ArtifactTree } from './ArtifactTree'
import { Preview } from './Preview'
import { useOutputsView } from './useOutputsView'
import './outputs.css'

const LOGS = 'user_logs'
const MAIN_LOG = `${LOGS}/std_log.txt`

/** The tree of a run's files, and a look into the chosen one. */
export default function OutputsTab({ runId }: { runId: string }) {
  const [{ path: chosen }, , choose] = useOutputsView()
  const { data, error, isError, refetch } = useQuery(artifactsQuery(runId, ''))
  const hasLogs = data?.entries.some((entry) => entry.path === LOGS) === true
  const logs = useQuery({ ...artifactsQuery(runId, LOGS), enabled: chosen === null && hasLogs })
  // What one wants to see first of a job is what it prints.
  const path = chosen ?? logs.data?.entries.find((entry) => entry.path === MAIN_LOG)?.path ?? null
  if (isError && data === undefined) {
    return <ErrorState what="The outputs could not be listed" error={error} retry={() => void refetch()} />
  }
  if (data?.entries.length === 0) {
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
          <span className="grow" />
          <Button as="a" size="small" appearance="subtle" icon={<ArrowDownloadRegular />} href={archiveUrl(runId)} download>
            Download all
          </Button>
        </div>
        <ArtifactTree runId={runId} root={data} chosen={path} choose={choose} />
      </div>
      {path === null ? (
        <div className="outputs-none muted">{data !== undefined && 'Choose a file to look into it.'}</div>
      ) : (
        <Preview key={path} runId={runId} path={path} />
      )}
    </div>
  )
}
