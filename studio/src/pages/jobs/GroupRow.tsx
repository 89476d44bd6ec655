import { memo } from 'react'
import type { MouseEvent, ReactNode } from 'react'
import type { Figures, RunGroup } from '../../api/types'
import { columnTitle, valueAsked } from '../../lib/columns'
import type { Column } from '../../lib/columns'
import { formatNumber, plural } from '../../lib/format'
import { statusLook } from '../../lib/status'
import { CurveMark } from './charts/CurveMark'
import { figuresTitle } from './figures'
import { cellLook, levelOf } from './JobsRow'
import type { Placed } from './JobsRow'
import { Toggle } from './NameCell'

/** Two lines: the mean and its deviation, and what they lie between. */
export const GROUP_ROW = 44

interface GroupRowProps extends Placed {
  rowKey: string
  group: RunGroup
  by: Column
  open: boolean
  onToggle: (key: string) => void
}

/** Runs that are equal in what they are grouped by, and figures of all of them. */
export const GroupRow = memo(function GroupRow({ rowKey, group, by, columns, style, index, depth, opens, open, onToggle }: GroupRowProps) {
  const toggle = (event: MouseEvent) => {
    const inButton = event.target instanceof Element && event.target.closest('button') !== null
    if (!inButton && getSelection()?.isCollapsed !== false) onToggle(rowKey)
  }
  return (
    <div
      className="jobs-row jobs-body group"
      role="row"
      style={style}
      data-row
      data-index={index}
      aria-rowindex={index + 2}
      aria-expanded={open}
      {...levelOf(opens, depth)}
      onClick={toggle}
    >
      <span role="cell" className="jobs-check pinned">
        <span />
        {depth === 0 && <CurveMark mark={rowKey} name={`${columnTitle(by)}: ${group.value ?? 'none'}`} />}
      </span>
      {columns.map((column, place) => (
        <div key={column.key} role="cell" {...cellLook(column, place)}>
          {column.key === 'name' ? (
            <Label group={group} by={by} depth={depth} open={open} onToggle={() => onToggle(rowKey)} />
          ) : (
            <Cell group={group} column={column.column} />
          )}
        </div>
      ))}
    </div>
  )
}, sameGroup)

function sameGroup(one: GroupRowProps, other: GroupRowProps): boolean {
  const keys = ['group', 'by', 'columns', 'index', 'depth', 'opens', 'open', 'onToggle'] as const
  return keys.every((key) => one[key] === other[key]) && one.style.transform === other.style.transform
}

function Label({ group, by, depth, open, onToggle }: Pick<GroupRowProps, 'group' | 'by' | 'depth' | 'open'> & { onToggle: () => void }) {
  const value = group.value !== null && by.kind === 'attribute' && by.name === 'status' ? statusLook(group.value).word : group.value
  const name = columnTitle(by)
  return (
    <span className="jobs-tree" style={{ paddingLeft: depth * 20 }}>
      <Toggle open={open} label={`${name}: ${value ?? 'none'}`} onToggle={onToggle} focus />
      <span className="jobs-lines">
        <span className="ellipsis" title={value ?? undefined}>
          <span className="muted">{name} </span>
          {value === null ? <span className="muted">none</span> : value === '' ? <span className="muted">empty</span> : <b>{value}</b>}
        </span>
        <span className="muted jobs-second">{plural(group.runs, 'run')}</span>
      </span>
    </span>
  )
}

function Cell({ group, column }: { group: RunGroup; column: Column }): ReactNode {
  if (column.kind !== 'metric') return null
  const field = ({ latest: 'metrics', min: 'metric_min', max: 'metric_max' } as const)[valueAsked(column)]
  const figures = group[field][column.name]
  return figures !== undefined && <FiguresCell figures={figures} runs={group.runs} />
}

function FiguresCell({ figures, runs }: { figures: Figures; runs: number }) {
  const { mean, std, min, max, count, not_finite: odd } = figures
  return (
    <span className="jobs-lines numeric" title={figuresTitle(figures, runs)}>
      <span>
        {mean === null ? <span className="muted">none finite</span> : formatNumber(mean)}
        {std !== null && <span className="muted"> ± {formatNumber(std)}</span>}
      </span>
      <span className="muted jobs-second">
        {count > 1 && `${formatNumber(min)} … ${formatNumber(max)}`}
        {odd > 0 && <b>{count > 1 ? ' · ' : ''}{odd} not finite</b>}
      </span>
    </span>
  )
}
