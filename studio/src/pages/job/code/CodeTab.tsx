import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { codeQuery, jobQuery } from '../../../api/jobs'
import type { CodeFile } from '../../../api/types'
import { FindField } from '../../../components/FindField'
import { ErrorState, State } from '../../../components/states'
import { firstFile } from '../../../lib/fileTree'
import { formatBytes, plural } from '../../../lib/format'
import { File } from '../outputs/TreeFolder'
import { useOutputsView } from '../outputs/useOutputsView'
import { CodeFileView } from './CodeFileView'
import { CodeTree } from './CodeTree'
import '../outputs/outputs.css'

/** Files that a search shows at most. */
const MOST_FOUND = 500

/** The code of a job as it was when it was submitted. */
export default function CodeTab({ runId }: { runId: string }) {
  const [{ path: chosen, filter }, change, choose] = useOutputsView()
  const { data, error, isError, refetch } = useQuery(codeQuery(runId))
  const { data: job } = useQuery(jobQuery(runId))
  const setFilter = useCallback((text: string) => change({ filter: text }), [change])
  const path = chosen ?? (data === undefined ? null : firstFile(data.files, job?.source ?? ''))
  if (isError && data === undefined) {
    return <ErrorState what="The code could not be listed" error={error} retry={() => void refetch()} />
  }
  if (data?.digest === null) {
    return (
      <State title="This job has no code">
        <p className="muted">A job file names it with code: ./folder. What is in the folder then is kept, and shown here.</p>
      </State>
    )
  }
  const size = data?.files.reduce((sum, file) => sum + file.size, 0) ?? 0
  return (
    <div className="outputs">
      <div className="outputs-side">
        <div className="outputs-head">
          <FindField value={filter} onChange={setFilter} delay={200} placeholder="Find files" />
          {data !== undefined && (
            <span className="muted tree-size" title={`SHA-256 ${data.digest}`}>
              {plural(data.files.length, 'file')}, {formatBytes(size)}
            </span>
          )}
        </div>
        {filter === '' ? <CodeTree files={data?.files} chosen={path} choose={choose} /> : <Found files={data?.files ?? []} filter={filter} chosen={path} choose={choose} />}
      </div>
      {path === null ? <div className="outputs-none muted">{data !== undefined && 'Choose a file to look into it.'}</div> : <CodeFileView key={path} name={runId} path={path} />}
    </div>
  )
}

interface FoundProps {
  files: readonly CodeFile[]
  filter: string
  chosen: string | null
  choose: (path: string) => void
}

function Found({ files, filter, chosen, choose }: FoundProps) {
  const found = useMemo(() => files.filter(({ path }) => path.toLowerCase().includes(filter.toLowerCase())), [files, filter])
  return (
    <div className="tree" data-list>
      {found.length === 0 && <p className="muted tree-note">No file matches.</p>}
      {found.slice(0, MOST_FOUND).map(({ path, size }) => (
        <File key={path} path={path} size={size} whole chosen={chosen} choose={choose} />
      ))}
    </div>
  )
}
