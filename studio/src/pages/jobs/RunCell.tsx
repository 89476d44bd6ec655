import type { ReactNode } from 'react'
import type { RunRow } from '../../api/types'
import { RunSize } from '../../components/SizeText'
import { Status } from '../../components/Status'
import { Duration, RelativeTime } from '../../components/times'
import { ATTRIBUTES, valueAsked } from '../../lib/columns'
import type { Column } from '../../lib/columns'
import { formatNumber, fullNumber } from '../../lib/format'
import { jobPath, jobsPath } from '../../lib/routes'
import { statusOf } from '../../lib/status'
import { Link } from '../../state/location'

const VALUES = { latest: 'metrics', min: 'metric_min', max: 'metric_max' } as const

/** What a run has in a column, but its name. */
export function RunCell({ run, column }: { run: RunRow; column: Column }): ReactNode {
  switch (column.kind) {
    case 'attribute':
      return <Attribute run={run} name={column.name} />
    case 'param':
      return text(run.params[column.name])
    case 'tag':
      return text(run.tags[column.name])
    case 'metric': {
      const value = run[VALUES[valueAsked(column)]][column.name]
      return value === undefined ? null : <span title={fullNumber(value)}>{formatNumber(value)}</span>
    }
  }
}

function Attribute({ run, name }: { run: RunRow; name: string }): ReactNode {
  switch (name) {
    case 'status':
      return <Status status={statusOf(run)} />
    case 'experiment':
      return (
        <Link href={jobsPath(run.experiment_id)} className="ellipsis" title={run.experiment_name}>
          {run.experiment_name}
        </Link>
      )
    case 'duration':
      return <Duration run={run} />
    case 'started':
      return <RelativeTime time={run.start_time} />
    case 'ended':
      return <RelativeTime time={run.end_time} />
    case 'size':
      return <RunSize runId={run.run_id} />
    case 'user':
      return text(run.user)
    case 'id':
      return <span className="ellipsis mono" title={run.run_id}>{run.run_id}</span>
    case 'parent':
      return run.parent_run_id !== null && (
        <Link href={jobPath(run.parent_run_id)} className="ellipsis" title={run.parent_run_id}>
          {run.parent_run_name ?? run.parent_run_id}
        </Link>
      )
    default: {
      const tag = ATTRIBUTES[name]?.tag
      return tag === undefined ? null : text(run.tags[tag])
    }
  }
}

function text(value: string | undefined): ReactNode {
  return value === undefined ? null : <span className="ellipsis" title={value}>{value}</span>
}
