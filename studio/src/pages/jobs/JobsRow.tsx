import { memo } from 'react'
import type { CSSProperties, MouseEvent, ReactNode } from 'react'
import type { RunRow } from '../../api/types'
import { Status } from '../../components/Status'
import { Duration, RelativeTime } from '../../components/times'
import { formatNumber, fullNumber } from '../../lib/format'
import { jobPath, jobsPath } from '../../lib/routes'
import { Link, navigate } from '../../state/location'
import type { TableColumn } from './columns'

interface RowProps {
  run: RunRow
  columns: TableColumn[]
  style: CSSProperties
  index: number
  checked: boolean
  onCheck: (runId: string, range: boolean) => void
}

export const JobsRow = memo(function JobsRow({ run, columns, style, index, checked, onCheck }: RowProps) {
  const open = (event: MouseEvent) => {
    const inLink = event.target instanceof Element && event.target.closest('a, .jobs-check') !== null
    // A drag over text selects it and is no click on the row.
    if (!inLink && getSelection()?.isCollapsed !== false) navigate(jobPath(run.run_id))
  }
  return (
    <div
      className="jobs-row jobs-body"
      role="row"
      style={style}
      data-index={index}
      aria-rowindex={index + 2}
      data-checked={checked || undefined}
      onClick={open}
    >
      <div role="cell" className="jobs-check">
        <label className="jobs-check">
          <input
            type="checkbox"
            className="check"
            aria-label={`Check ${run.name}`}
            checked={checked}
            onChange={(event) => onCheck(run.run_id, (event.nativeEvent as MouseEvent['nativeEvent']).shiftKey)}
          />
        </label>
      </div>
      {columns.map((column) => (
        <div key={column.key} role="cell" className={column.numeric ? 'jobs-cell numeric' : 'jobs-cell'}>
          <Cell run={run} column={column} />
        </div>
      ))}
    </div>
  )
}, sameRow)

/** Styles are new objects at each drawing; rows are drawn again when their place or content changes. */
function sameRow(one: RowProps, other: RowProps): boolean {
  return (
    one.run === other.run &&
    one.columns === other.columns &&
    one.index === other.index &&
    one.checked === other.checked &&
    one.onCheck === other.onCheck &&
    one.style.transform === other.style.transform
  )
}

function Cell({ run, column }: { run: RunRow; column: TableColumn }): ReactNode {
  switch (column.key) {
    case 'name':
      return (
        <Link href={jobPath(run.run_id)} className="jobs-name ellipsis" title={run.name}>
          {run.parent_run_id !== null && <span className="muted" title="Child of another run">↳ </span>}
          {run.name}
        </Link>
      )
    case 'status':
      return <Status status={run.status} />
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
    case 'user':
      return <span className="ellipsis" title={run.user}>{run.user}</span>
    default:
      return <ChosenCell run={run} column={column} />
  }
}

function ChosenCell({ run, column: { chosen } }: { run: RunRow; column: TableColumn }): ReactNode {
  if (chosen?.kind === 'metric') {
    const value = run.metrics[chosen.name]
    return value === undefined ? null : <span title={fullNumber(value)}>{formatNumber(value)}</span>
  }
  const value = chosen === undefined ? undefined : run.params[chosen.name]
  return value === undefined ? null : <span className="ellipsis" title={value}>{value}</span>
}

/** A row of the right size while the real one loads. */
export function SkeletonRow({ columns, style }: { columns: TableColumn[]; style: CSSProperties }) {
  return (
    <div className="jobs-row" style={style} aria-hidden>
      <span />
      {columns.map(({ key, numeric }) => (
        <div key={key} className={numeric ? 'jobs-cell numeric' : 'jobs-cell'}>
          <span className="skeleton" style={{ width: key === 'name' ? '60%' : 56 }} />
        </div>
      ))}
    </div>
  )
}
