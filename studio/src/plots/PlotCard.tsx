import { useSortable } from '@dnd-kit/sortable'
import { Button } from '@fluentui/react-components'
import { FullScreenMaximizeRegular } from '@fluentui/react-icons/svg/full-screen-maximize'
import { FullScreenMinimizeRegular } from '@fluentui/react-icons/svg/full-screen-minimize'
import { Suspense, lazy, useEffect, useMemo, useRef } from 'react'
import { useDark } from '../state/media'
import { useBoard } from './BoardContext'
import { columnLabel } from './columns'
import { automaticTitle } from './defaults'
import { DifferenceTable } from './DifferenceTable'
import { plotCaption, plotted, sumsUp } from './drawing'
import { LOOKS } from './options'
import { parallelLayout } from './parallelLayout'
import { linesGroup } from './parallelLines'
import { PlotBody } from './PlotBody'
import { PlotMenu } from './PlotMenu'
import { plotTable } from './plotTable'
import { ResizeHandle } from './ResizeHandle'
import { runStates } from './runShapes'
import { KIND_NAMES, plotColumns } from './spec'
import type { PlotSpec } from './spec'
import { useSize } from './useSize'
import { ValueTable } from './ValueTable'

const Markdown = lazy(() => import('../components/Markdown'))

export interface PlotActions {
  place: number
  last: number
  full: boolean
  change: (part: Partial<PlotSpec>) => void
  edit: (naming: boolean) => void
  duplicate: () => void
  remove: () => void
  move: (to: number) => void
  toggleFull: () => void
}

interface PlotCardProps {
  spec: PlotSpec
  actions: PlotActions
  /** Columns of the board. */
  columns: number
  /** Whether columns are on their way. */
  loading: boolean
}

/** A plot with its title, what can be done with it, and what it says of the runs in it. */
export function PlotCard({ spec, actions, columns, loading }: PlotCardProps) {
  const { table, kept, marked, colors } = useBoard()
  const look = LOOKS[useDark() ? 'dark' : 'light']
  const card = useRef<HTMLElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const size = useSize(place)
  const sums = sumsUp(spec)
  // Brushing a plot of single runs only dims some of them.
  const counted = sums ? kept : null
  const found = useMemo(() => plotted(spec, table, colors, counted ?? []), [spec, table, colors, counted])
  const waiting = loading && plotColumns(spec).some((key) => table.column(key) === undefined)
  const title = spec.title === '' ? automaticTitle(spec, (key) => table.column(key)?.label ?? columnLabel(key)) : spec.title
  const caption = found === null || waiting ? '' : plotCaption(found, spec, kept)
  const values = found === null || found.data === null || waiting ? null : plotTable(spec, table, found.rows)
  const lines = found?.kind === 'parallel' ? found.data : null
  const beneath = lines && ((width: number, height: number) => linesGroup(lines, parallelLayout(lines.axes, width, height), runStates({ table, kept, marked })))
  const label = `${KIND_NAMES[spec.kind]}: ${title}. ${caption}. Arrow keys go from run to run, space marks one, Enter opens it.`
  const sortable = useSortable({ id: spec.id, disabled: actions.full })
  useFullScreen(card, actions.full, actions.toggleFull)
  const span = { gridColumn: `span ${Math.min(spec.width, columns)}`, gridRow: `span ${spec.height + 1}` }
  return (
    <figure
      ref={(element) => {
        card.current = element
        sortable.setNodeRef(element)
      }}
      className={['plot-card', actions.full && 'full', sortable.isDragging && 'dragged', sortable.isOver && !sortable.isDragging && 'over'].filter(Boolean).join(' ')}
      style={span} data-plot={spec.id} aria-label={title} {...(actions.full ? { role: 'dialog', 'aria-modal': true } : {})}
    >
      <figcaption className="chart-head">
        <span className="ellipsis grow chart-title plot-grip" title={title} {...sortable.attributes} {...sortable.listeners} aria-label={`Move ${title}`}>
          {title}
        </span>
        <Button
          className="chart-menu plot-full-button" appearance="transparent" size="small" icon={actions.full ? <FullScreenMinimizeRegular /> : <FullScreenMaximizeRegular />}
          aria-label={actions.full ? 'Leave full screen' : `${title} in full screen`} title={actions.full ? 'Leave full screen (Esc)' : 'Full screen'} onClick={actions.toggleFull}
        />
        <PlotMenu spec={spec} title={title} caption={caption} look={look} values={values} figure={() => card.current} beneath={beneath} actions={actions} />
      </figcaption>
      <div ref={place} className="plot-place">
        {spec.kind === 'note' && (
          <div className="plot-note" tabIndex={0} role="group" aria-label={title}>
            <Suspense fallback={<p>{spec.text}</p>}>
              <Markdown text={spec.text} />
            </Suspense>
          </div>
        )}
        {spec.kind === 'table' && <DifferenceTable />}
        {waiting && <div className="skeleton plot-loading" aria-hidden />}
        {found !== null && !waiting && values !== null && spec.table && spec.kind !== 'value' && <ValueTable data={values} label={title} />}
        {found !== null && !waiting && size !== null && size.width > 0 && !(spec.table && values !== null && spec.kind !== 'value') && (
          <PlotBody spec={spec} found={found} label={label} size={size} look={look} change={actions.change} />
        )}
      </div>
      {found !== null && (
        <div className="chart-foot muted ellipsis" title={caption}>
          {caption}
        </div>
      )}
      {!actions.full && (
        <ResizeHandle name={title} width={spec.width} height={spec.height} onResize={(width, height) => actions.change({ width, height })} />
      )}
    </figure>
  )
}

/** Escape leaves the full screen; the focus goes to the card and back to where it was. */
function useFullScreen(card: React.RefObject<HTMLElement | null>, full: boolean, leave: () => void): void {
  const latest = useRef(leave)
  latest.current = leave
  useEffect(() => {
    if (!full) return
    const before = document.activeElement
    card.current?.querySelector<HTMLElement>('.plot-full-button')?.focus()
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) latest.current()
    }
    addEventListener('keydown', onKey)
    return () => {
      removeEventListener('keydown', onKey)
      if (before instanceof HTMLElement) before.focus()
    }
  }, [card, full])
}
