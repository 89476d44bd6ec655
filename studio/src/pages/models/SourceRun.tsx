import type { VersionRow } from '../../api/types'
import { jobPath } from '../../lib/routes'
import { Link } from '../../state/location'

/** The run that made a version; one that is not on this server has only an id. */
export function SourceRun({ version: { run_id: runId, run_name: name } }: { version: VersionRow }) {
  if (runId === null) return <span className="muted">–</span>
  if (name === null) {
    return (
      <span className="mono muted ellipsis" title={`${runId} is not on this server`}>
        {runId}
      </span>
    )
  }
  return (
    <Link href={jobPath(runId)} className="link ellipsis" title={name}>
      {name}
    </Link>
  )
}
