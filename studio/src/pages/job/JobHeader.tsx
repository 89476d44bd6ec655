import { useState } from 'react'
import { useChange } from '../../api/actions'
import { runPath } from '../../api/queries'
import type { JobDetail, RunDetail } from '../../api/types'
import { CopyButton } from '../../components/CopyButton'
import { EditButton } from '../../components/EditButton'
import { EditForm } from '../../components/EditForm'
import { Status } from '../../components/Status'
import { Duration } from '../../components/times'
import { jobPath, jobsPath } from '../../lib/routes'
import { Link } from '../../state/location'
import { statusOf } from '../../lib/status'
import { ArchiveRun } from './ArchiveRun'
import { JobActions } from './run/JobActions'

interface JobHeaderProps {
  runId: string
  run: RunDetail | undefined
  /** Of a run that is one, as soon as it is known. */
  job: JobDetail | undefined
  /** The run could not be loaded. */
  failed: boolean
}

/** Experiment, name, status, duration, user and id of a run, in the top bar. */
export function JobHeader({ runId, run, job, failed }: JobHeaderProps) {
  return (
    <>
      {run === undefined ? (
        <span className="grow">
          <h1 className="visually-hidden">Run {runId}</h1>
          {!failed && <span className="skeleton" style={{ width: 200 }} />}
        </span>
      ) : (
        <>
          <Link href={jobsPath(run.experiment_id)} className="crumb ellipsis" title={run.experiment_name}>
            {run.experiment_name}
          </Link>
          <span className="muted">/</span>
          {run.parent_run_id !== null && <Parent runId={run.parent_run_id} name={run.parent_run_name ?? run.parent_run_id} />}
          <JobName run={run} />
          <span className="job-facts">
            <Status status={statusOf(run)} />
            <Duration run={run} />
            {run.user !== '' && (
              <span className="ellipsis job-user" title={`Created by ${run.user}`}>
                {run.user}
              </span>
            )}
            {run.lifecycle_stage === 'active' && <ArchiveRun run={run} />}
          </span>
        </>
      )}
      {run !== undefined && job !== undefined && run.lifecycle_stage === 'active' && <JobActions job={job} />}
      <span className="mono muted job-id" title={runId}>
        {runId.slice(0, 8)}
      </span>
      <CopyButton text={runId} label="Copy the run’s id" />
    </>
  )
}

function Parent({ runId, name }: { runId: string; name: string }) {
  return (
    <>
      <Link href={jobPath(runId, 'children')} className="crumb ellipsis" title={`Parent: ${name}`}>
        {name}
      </Link>
      <span className="muted">/</span>
    </>
  )
}

function JobName({ run }: { run: RunDetail }) {
  const [editing, setEditing] = useState(false)
  const change = useChange(runPath(run.run_id))
  const close = () => {
    setEditing(false)
    change.reset()
  }
  if (editing) {
    return (
      <EditForm
        label="Name" value={run.name} required saving={change.isPending} error={change.error}
        onCancel={close}
        onSave={(name, begun) => change.mutate({ change: { name }, seen: { what: 'The name', read: (now) => now.name, value: begun } }, { onSuccess: close })}
      />
    )
  }
  return (
    <>
      <h1 className="ellipsis job-name" title={run.name}>
        {run.name}
      </h1>
      {run.lifecycle_stage === 'active' && <EditButton label="Rename" onClick={() => setEditing(true)} />}
    </>
  )
}
