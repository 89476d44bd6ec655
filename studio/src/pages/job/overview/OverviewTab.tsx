import type { RunDetail } from '../../../api/types'
import { CopyButton } from '../../../components/CopyButton'
import { RunSize } from '../../../components/SizeText'
import { Status } from '../../../components/Status'
import { Duration } from '../../../components/times'
import { formatTime } from '../../../lib/format'
import { jobPath, jobsPath } from '../../../lib/routes'
import { Link } from '../../../state/location'
import { Description } from './Description'
import { KeyValues } from './KeyValues'
import { Tags } from './Tags'
import { splitTags } from './tags'
import './overview.css'

/** Properties at the left, parameters at the right, tags below. */
export function OverviewTab({ run }: { run: RunDetail | undefined }) {
  if (run === undefined) return <OverviewSkeleton />
  const tags = splitTags(run.tags)
  const editable = run.lifecycle_stage === 'active'
  return (
    <div className="overview">
      <div className="overview-side">
        <section>
          <h2>Properties</h2>
          <Properties run={run} />
        </section>
        <Description runId={run.run_id} text={tags.note} editable={editable} />
      </div>
      <div className="overview-side">
        <KeyValues title="Parameters" entries={run.params} empty="No parameters were logged." />
        <Tags runId={run.run_id} tags={tags.user} editable={editable} />
        {tags.system.length > 0 && (
          <details>
            <summary>Set by MLflow ({tags.system.length})</summary>
            <KeyValues title="" entries={tags.system} empty="" />
          </details>
        )}
      </div>
    </div>
  )
}

function Properties({ run }: { run: RunDetail }) {
  const tag = (key: string) => run.tags.find((each) => each.key === key)?.value
  const source = tag('mlflow.source.name')
  const commit = tag('mlflow.source.git.commit')
  return (
    <dl className="properties">
      <dt>Status</dt>
      <dd>
        <Status status={run.status} />
      </dd>
      <dt>Experiment</dt>
      <dd>
        <Link className="link" href={jobsPath(run.experiment_id)}>
          {run.experiment_name}
        </Link>
      </dd>
      {run.parent_run_id !== null && (
        <>
          <dt>Parent run</dt>
          <dd>
            <Link className="link" href={jobPath(run.parent_run_id)}>
              {run.parent_run_name ?? run.parent_run_id}
            </Link>
          </dd>
        </>
      )}
      <dt>Created by</dt>
      <dd>{run.user === '' ? '–' : run.user}</dd>
      <dt>Started</dt>
      <dd>{run.start_time === null ? '–' : formatTime(run.start_time)}</dd>
      <dt>Ended</dt>
      <dd>{run.end_time === null ? '–' : formatTime(run.end_time)}</dd>
      <dt>Duration</dt>
      <dd>
        <Duration run={run} />
      </dd>
      <dt>Size</dt>
      <dd>
        <RunSize runId={run.run_id} />
      </dd>
      {source !== undefined && (
        <>
          <dt>Source</dt>
          <dd className="mono">{source}</dd>
        </>
      )}
      {commit !== undefined && <Copied title="Git commit" text={commit} />}
      <Copied title="Run id" text={run.run_id} />
      <Copied title="Artifacts" text={run.artifact_uri} />
    </dl>
  )
}

function Copied({ title, text }: { title: string; text: string }) {
  return (
    <>
      <dt>{title}</dt>
      <dd className="copied">
        <span className="mono">{text}</span>
        <CopyButton text={text} label={`Copy: ${title}`} />
      </dd>
    </>
  )
}

function OverviewSkeleton() {
  return (
    <div className="overview" aria-busy>
      {[8, 6].map((rows) => (
        <div key={rows} className="overview-side">
          {Array.from({ length: rows }, (_, index) => (
            <div key={index} className="key-row">
              <span className="skeleton" style={{ width: 88 }} />
              <span className="skeleton" style={{ width: 160 }} />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
