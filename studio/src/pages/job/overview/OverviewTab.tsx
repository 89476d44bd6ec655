import { runPath } from '../../../api/queries'
import type { JobDetail, KeyValue, RunDetail } from '../../../api/types'
import { Description } from '../../../components/facts/Description'
import { KeyValues } from '../../../components/facts/KeyValues'
import { Tags } from '../../../components/facts/Tags'
import { JobFile } from '../run/JobFile'
import { Processes } from '../run/Processes'
import { Progress } from '../run/Progress'
import { Lineage } from './Lineage'
import { Properties } from './Properties'
import { splitTags } from './tags'
import '../../../components/facts/facts.css'

/** Properties and description at the left; parameters, tags, and what it read and made at the right. */
export function OverviewTab({ run, job }: { run: RunDetail | undefined; job: JobDetail | undefined }) {
  if (run === undefined) return <OverviewSkeleton />
  const tags = splitTags(run.tags)
  const editable = run.lifecycle_stage === 'active'
  return (
    <>
      {job !== undefined && <Progress job={job} />}
      <div className="overview">
        <div className="overview-side">
          <section>
            <h2>Properties</h2>
            <Properties run={run} job={job} />
          </section>
          <Description path={runPath(run.run_id)} text={tags.note} editable={editable} />
        </div>
        <div className="overview-side">
          {job !== undefined && <Processes job={job} />}
          <KeyValues title="Parameters" entries={run.params} empty="No parameters were logged." />
          <Tags path={runPath(run.run_id)} tags={tags.user} editable={editable} />
          {job !== undefined && <JobFile job={job} />}
          <Lineage runId={run.run_id} />
          <Folded title="Environment" entries={tags.environment} />
          <Folded title="Set by MLflow" entries={tags.system} />
        </div>
      </div>
    </>
  )
}

/** Tags that are seldom read, and long. */
function Folded({ title, entries }: { title: string; entries: readonly KeyValue[] }) {
  if (entries.length === 0) return null
  return (
    <details>
      <summary>
        {title} ({entries.length})
      </summary>
      <KeyValues title="" entries={entries} empty="" />
    </details>
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
