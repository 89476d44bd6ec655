import type { CSSProperties } from 'react'
import type { RunRow } from '../../../api/types'
import { Status } from '../../../components/Status'
import { Duration, RelativeTime } from '../../../components/times'
import { formatCount, formatNumber, fullNumber, plural } from '../../../lib/format'
import { jobPath } from '../../../lib/routes'
import { statusOf } from '../../../lib/status'
import { Link } from '../../../state/location'

interface ChildTableRowProps {
  /** Undefined while it is being loaded. */
  run: RunRow | undefined
  index: number
  /** Whether there is a column for the number of children. */
  parents: boolean
  metrics: readonly string[]
  params: readonly string[]
  /** Parameters that are numbers. */
  figures: ReadonlySet<string>
  checked: boolean
  onCheck: (id: string, range: boolean) => void
  style: CSSProperties
}

export function ChildTableRow({ run, index, parents, metrics, params, figures, checked, onCheck, style }: ChildTableRowProps) {
  if (run === undefined) {
    return (
      <div className="grid-row grid-body" style={style} aria-hidden>
        <span />
        <div className="grid-cell">
          <span className="skeleton" style={{ width: 120 }} />
        </div>
      </div>
    )
  }
  const children = run.child_count ?? 0
  return (
    <div className="grid-row grid-body" role="row" style={style} data-row data-index={index} data-checked={checked || undefined}>
      <div role="cell" className="grid-check">
        <input
          type="checkbox" className="check" aria-label={`Check ${run.name}`} checked={checked}
          onChange={(event) => onCheck(run.run_id, (event.nativeEvent as MouseEvent).shiftKey)}
        />
      </div>
      <div role="cell" className="grid-cell">
        <Link href={jobPath(run.run_id)} className="ellipsis grid-name" title={run.name}>
          {run.name}
        </Link>
      </div>
      <div role="cell" className="grid-cell">
        <Status status={statusOf(run)} />
      </div>
      <div role="cell" className="grid-cell">
        <Duration run={run} />
      </div>
      <div role="cell" className="grid-cell">
        <RelativeTime time={run.start_time} />
      </div>
      {parents && (
        <div role="cell" className="grid-cell numeric">
          {children === 0 ? (
            <span className="muted">–</span>
          ) : (
            <Link href={jobPath(run.run_id, 'children')} className="link" aria-label={`${plural(children, 'child job')} of ${run.name}`}>
              {formatCount(children)}
            </Link>
          )}
        </div>
      )}
      {metrics.map((name) => {
        const value = run.metrics[name]
        return (
          <div key={`metric ${name}`} role="cell" className="grid-cell numeric" title={value === undefined ? undefined : fullNumber(value)}>
            {formatNumber(value)}
          </div>
        )
      })}
      {params.map((name) => (
        <div key={`param ${name}`} role="cell" className={figures.has(name) ? 'grid-cell numeric' : 'grid-cell'}>
          <span className="ellipsis" title={run.params[name]}>
            {run.params[name]}
          </span>
        </div>
      ))}
    </div>
  )
}
