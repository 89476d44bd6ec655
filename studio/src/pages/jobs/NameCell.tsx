import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right'
import type { RunRow } from '../../api/types'
import { formatCount, plural } from '../../lib/format'
import { jobPath } from '../../lib/routes'
import { Link } from '../../state/location'

interface NameCellProps {
  run: RunRow
  depth: number
  nested: boolean
  /** Whether the table has rows that open. */
  opens: boolean
  /** Whether it stands below its parent. */
  below: boolean
  open: boolean
  onToggle: () => void
}

/** A run's name, and of a tree what opens its children. */
export function NameCell({ run, depth, nested, opens, below, open, onToggle }: NameCellProps) {
  const children = run.child_count ?? 0
  const orphan = run.parent_run_id !== null && !below
  return (
    <span className="jobs-tree" style={{ paddingLeft: depth * 20 }}>
      {opens && (children > 0 ? <Toggle open={open} label={plural(children, 'child run')} onToggle={onToggle} /> : <span className="jobs-toggle" />)}
      <Link href={jobPath(run.run_id)} className="jobs-name ellipsis" title={run.name} data-row-focus>
        {orphan && !nested && <span className="muted" title={`Child of ${parentName(run)}`}>↳ </span>}
        {run.name}
      </Link>
      {children > 0 && <span className="muted jobs-count">{formatCount(children)}</span>}
      {orphan && nested && (
        <span className="muted ellipsis jobs-parent" title={`Child of ${parentName(run)}, which is not in this list`}>
          child of {parentName(run)}
        </span>
      )}
    </span>
  )
}

export function Toggle({ open, label, onToggle, focus = false }: { open: boolean; label: string; onToggle: () => void; focus?: boolean }) {
  return (
    <button
      type="button" className="jobs-toggle" aria-expanded={open} aria-label={label} title={label} onClick={onToggle}
      {...(focus ? { 'data-row-focus': true } : { tabIndex: -1 })}
    >
      <ChevronRightRegular fontSize={16} aria-hidden />
    </button>
  )
}

function parentName(run: RunRow): string {
  return run.parent_run_name ?? run.parent_run_id ?? ''
}
