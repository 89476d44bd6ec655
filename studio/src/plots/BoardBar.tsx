import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { formatCount, formatDate, plural } from '../lib/format'
import { compact } from '../lib/ticks'
import { useBoard } from './BoardContext'
import { columnLabel } from './columns'
import type { Brush } from './plotState'
import { KIND_NAMES, PLOT_KINDS } from './spec'
import type { PlotKind } from './spec'

interface BoardBarProps {
  onAdd: ((kind: PlotKind) => void) | null
  /** Leaves only the runs inside the brushes on the page. */
  onKeep: () => void
  clearBrushes: () => void
  clearMarks: () => void
}

/** Above the plots: adding one, and what is brushed and marked in all of them. */
export function BoardBar({ onAdd, onKeep, clearBrushes, clearMarks }: BoardBarProps) {
  const { table, kept, marked, brushes, brush, open } = useBoard()
  const inside = kept.filter((each) => each).length
  const first = table.runs.find(({ run_id: id }) => marked.has(id))
  const number = table.runs.filter(({ run_id: id }) => marked.has(id)).length
  return (
    <div className="chart-toolbar">
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button size="small" icon={<AddRegular />} disabled={onAdd === null}>
            Add a plot
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {PLOT_KINDS.map((kind) => (
              <MenuItem key={kind} onClick={() => onAdd?.(kind)}>
                {KIND_NAMES[kind]}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      {brushes.map((each) => (
        <Button
          key={each.key} className="plot-chip" size="small" icon={<DismissRegular />} iconPosition="after" title={`${brushText(each)}; click to clear`}
          aria-label={`Clear the brush ${brushText(each)}`} onClick={() => brush(each.key, null)}
        >
          <span className="ellipsis">{brushText(each)}</span>
        </Button>
      ))}
      <span className="grow muted plot-count" role="status">
        {brushes.length === 0 ? plural(table.runs.length, 'run') : `${formatCount(inside)} of ${plural(table.runs.length, 'run')}`}
      </span>
      {first !== undefined && (
        <>
          <Button appearance="transparent" size="small" className="plot-chip" disabled={number > 1} title={first.name} onClick={() => open(first.run_id)}>
            <span className="ellipsis">{number === 1 ? `Open ${first.name}` : `${formatCount(number)} marked`}</span>
          </Button>
          <Button appearance="transparent" size="small" onClick={clearMarks}>
            Unmark
          </Button>
        </>
      )}
      {brushes.length > 0 && (
        <>
          <Button appearance="transparent" size="small" onClick={clearBrushes}>
            Clear brushes
          </Button>
          <Button appearance="primary" size="small" disabled={inside === 0 || inside === table.runs.length} onClick={onKeep}>
            Keep only these runs
          </Button>
        </>
      )}
    </div>
  )
}

function brushText(brush: Brush): string {
  const name = columnLabel(brush.key)
  if ('values' in brush) return `${name}: ${brush.values.map((value) => (value === '' ? '(empty)' : value)).join(', ')}`
  const shown = brush.key === 'run.start' ? formatDate : (value: number) => compact(Number(value.toPrecision(4)))
  return `${name}: ${shown(brush.from)} to ${shown(brush.to)}`
}
