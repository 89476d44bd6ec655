import { Button } from '@fluentui/react-components'
import { memo } from 'react'
import type { CSSProperties, MouseEvent } from 'react'
import type { RunRow } from '../../api/types'
import { jobPath } from '../../lib/routes'
import { navigate } from '../../state/location'
import { CurveMark } from './charts/CurveMark'
import type { TableColumn } from './columns'
import { NameCell } from './NameCell'
import { RunCell } from './RunCell'

export interface Placed {
  columns: TableColumn[]
  style: CSSProperties
  index: number
  depth: number
  /** Whether the table has rows that open. */
  opens: boolean
}

interface RowProps extends Placed {
  rowKey: string
  run: RunRow
  open: boolean
  nested: boolean
  /** Whether it stands below its parent. */
  below: boolean
  checked: boolean
  onCheck: (runId: string, range: boolean) => void
  onToggle: (key: string) => void
}

export const JobsRow = memo(function JobsRow(props: RowProps) {
  const { rowKey, run, columns, style, index, depth, opens, open, nested, below, checked, onCheck, onToggle } = props
  const follow = (event: MouseEvent) => {
    const inControl = event.target instanceof Element && event.target.closest('a, button, .jobs-check') !== null
    // A drag over text selects it and is no click on the row.
    if (!inControl && getSelection()?.isCollapsed !== false) navigate(jobPath(run.run_id))
  }
  const expandable = (run.child_count ?? 0) > 0
  return (
    <div
      className="jobs-row jobs-body"
      role="row"
      style={style}
      data-row
      data-index={index}
      aria-rowindex={index + 2}
      {...levelOf(opens, depth)}
      {...(expandable ? { 'aria-expanded': open } : {})}
      data-checked={checked || undefined}
      onClick={follow}
    >
      <div role="cell" className="jobs-check pinned">
        <label>
          <input
            type="checkbox"
            className="check"
            aria-label={`Check ${run.name}`}
            checked={checked}
            onChange={(event) => onCheck(run.run_id, (event.nativeEvent as MouseEvent['nativeEvent']).shiftKey)}
          />
        </label>
        <CurveMark mark={run.run_id} name={run.name} run />
      </div>
      {columns.map((column, place) => (
        <div key={column.key} role="cell" {...cellLook(column, place)}>
          {column.key === 'name' ? (
            <NameCell run={run} depth={depth} nested={nested} opens={opens} below={below} open={open} onToggle={() => onToggle(rowKey)} />
          ) : (
            <RunCell run={run} column={column.column} />
          )}
        </div>
      ))}
    </div>
  )
}, sameRow)

/** Styles are new objects at each drawing; rows are drawn again when their place or content changes. */
function sameRow(one: RowProps, other: RowProps): boolean {
  const keys = ['run', 'columns', 'index', 'depth', 'opens', 'open', 'nested', 'below', 'checked', 'onCheck', 'onToggle'] as const
  return keys.every((key) => one[key] === other[key]) && one.style.transform === other.style.transform
}

/** How a cell of a column looks; pinned ones know their place by the table's properties. */
export function cellLook({ right, pinned }: TableColumn, place: number): { className: string; style?: CSSProperties } {
  const className = `jobs-cell${right ? ' numeric' : ''}${pinned ? ' pinned' : ''}`
  return pinned ? { className, style: { left: `var(--left-${place})` } } : { className }
}

export function levelOf(opens: boolean, depth: number): { 'aria-level'?: number } {
  return opens ? { 'aria-level': depth + 1 } : {}
}

/** A row of the right size while the real one loads. */
export function SkeletonRow({ columns, style, depth }: Placed) {
  return (
    <div className="jobs-row" style={style} aria-hidden>
      <span />
      {columns.map((column, place) => (
        <div key={column.key} {...cellLook(column, place)}>
          <span
            className="skeleton"
            style={column.key === 'name' ? { width: '60%', marginLeft: depth * 20 } : { width: 56 }}
          />
        </div>
      ))}
    </div>
  )
}

/** Stands where a list below a row could not be loaded. */
export function FailedRow({ style, index, depth, error, retry }: Placed & { error: Error; retry: () => void }) {
  return (
    <div className="jobs-row jobs-body failed" role="row" style={style} data-row data-index={index} aria-rowindex={index + 2}>
      <div role="cell" className="jobs-failed" style={{ paddingLeft: 44 + depth * 20 }}>
        <span role="alert">{error.message}</span>
        <Button size="small" onClick={retry} data-row-focus>
          Try again
        </Button>
      </div>
    </div>
  )
}
