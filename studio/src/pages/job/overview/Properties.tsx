import type { ReactNode } from 'react'
import type { JobDetail, RunDetail } from '../../../api/types'
import { CopyButton } from '../../../components/CopyButton'
import { RunSize } from '../../../components/SizeText'
import { Status } from '../../../components/Status'
import { Duration } from '../../../components/times'
import { formatTime, plural } from '../../../lib/format'
import { commitPage, remotePage } from '../../../lib/git'
import { jobPath, jobsPath } from '../../../lib/routes'
import { statusOf } from '../../../lib/status'
import { Link } from '../../../state/location'

/** What every run has, and where its code came from as far as it is known. */
export function Properties({ run, job }: { run: RunDetail; job: JobDetail | undefined }) {
  // A run starts when it is made; a job has waited until then.
  const started = job === undefined ? run.start_time : job.started
  return (
    <dl className="properties">
      <Property title="Status">
        <Status status={statusOf(run)} />
      </Property>
      {run.lifecycle_stage !== 'active' && <Property title="Lifecycle">In the trash</Property>}
      <Property title="Experiment">
        <Link className="link" href={jobsPath(run.experiment_id)}>
          {run.experiment_name}
        </Link>
      </Property>
      {run.parent_run_id !== null && (
        <Property title="Parent run">
          <Link className="link" href={jobPath(run.parent_run_id)}>
            {run.parent_run_name ?? run.parent_run_id}
          </Link>
        </Property>
      )}
      {run.child_count > 0 && (
        <Property title={job?.type === 'sweep' ? 'Trials' : 'Child jobs'}>
          <Link className="link" href={jobPath(run.run_id, 'children')}>
            {run.child_count}
          </Link>
        </Property>
      )}
      {job !== undefined && <JobProperties job={job} />}
      <Property title="Created by">{run.user === '' ? '–' : run.user}</Property>
      <Property title="Started">{started === null ? '–' : formatTime(started)}</Property>
      <Property title="Ended">{run.end_time === null ? '–' : formatTime(run.end_time)}</Property>
      <Property title="Duration">
        <Duration run={run} />
      </Property>
      <Property title="Size">
        <RunSize runId={run.run_id} />
      </Property>
      <Code run={run} />
      <Copied title="Run id" text={run.run_id} />
      <Copied title="Experiment id" text={run.experiment_id} />
      <Copied title="Artifacts" text={run.artifact_uri} />
    </dl>
  )
}

function JobProperties({ job }: { job: JobDetail }) {
  return (
    <>
      <Property title="Job type">{TYPES[job.type] ?? job.type}</Property>
      <Property title="Compute">{job.compute}</Property>
      {job.runner !== null && <Property title="Runner">{job.runner}</Property>}
      {job.retry > 0 && <Property title="Tried before">{plural(job.retry, 'time')}</Property>}
      <Property title="Submitted">{formatTime(job.created)}</Property>
    </>
  )
}

const TYPES: Readonly<Record<string, string>> = { command: 'Command', sweep: 'Sweep', pipeline: 'Pipeline' }

function Code({ run }: { run: RunDetail }) {
  // What MLflow does not say, the client may.
  const tag = (key: string, other?: string) => run.tags.find((each) => each.key === `mlflow.${key}`)?.value ?? run.tags.find((each) => each.key === other)?.value
  const source = tag('source.name')
  const entryPoint = tag('project.entryPoint')
  const commit = tag('source.git.commit', 'runyard.git.commit')
  const branch = tag('source.git.branch', 'runyard.git.branch')
  const remote = tag('source.git.repoURL', 'runyard.git.remote')
  const page = remote === undefined ? null : remotePage(remote)
  return (
    <>
      {source !== undefined && <Copied title="Source" text={source} />}
      {entryPoint !== undefined && <Copied title="Entry point" text={entryPoint} />}
      {remote !== undefined && <Copied title="Repository" text={page ?? remote} href={page} />}
      {branch !== undefined && <Copied title="Git branch" text={branch} />}
      {commit !== undefined && <Copied title="Git commit" text={commit} href={commitPage(remote, commit)} />}
    </>
  )
}

function Property({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** A text to copy, and to follow where it leads somewhere. */
export function Copied({ title, text, href = null }: { title: string; text: string; href?: string | null }) {
  return (
    <>
      <dt>{title}</dt>
      <dd className="copied">
        {href === null ? (
          <span className="mono">{text}</span>
        ) : (
          <a className="mono link" href={href} target="_blank" rel="noreferrer noopener">
            {text}
          </a>
        )}
        <CopyButton text={text} label={`Copy: ${title}`} />
      </dd>
    </>
  )
}
