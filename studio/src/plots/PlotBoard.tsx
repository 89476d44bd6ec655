import { DndContext, KeyboardSensor, PointerSensor, closestCenter, useSensor, useSensors } from '@dnd-kit/core'
import { SortableContext, sortableKeyboardCoordinates } from '@dnd-kit/sortable'
import { Button } from '@fluentui/react-components'
import { useMemo, useRef, useState } from 'react'
import { ErrorState, State } from '../components/states'
import { useWidth } from '../components/useWidth'
import { jobPath } from '../lib/routes'
import { navigate } from '../state/location'
import { BoardBar } from './BoardBar'
import { BoardContext } from './BoardContext'
import type { Board } from './BoardContext'
import { brushedIn, withBrush } from './brushing'
import { suggested } from './defaults'
import { Highlight } from './highlight'
import { PlotCard } from './PlotCard'
import { PlotEditor } from './PlotEditor'
import type { BoardView, Brush } from './plotState'
import { RunTable } from './runTable'
import { duplicated, freeId, moved } from './spec'
import type { PlotKind, PlotSpec } from './spec'
import { useBoardData } from './useBoardData'
import './plots.css'

const NO_RUNS = new RunTable({ runs: [], params: [], metrics: [] }, 0)
const LEAST_WIDTH = 360
const MOST_COLUMNS = 4
const stay = () => null

interface PlotBoardProps {
  runs: readonly string[]
  /** Those of the runs that are left out. */
  hidden: ReadonlySet<string>
  colors: ReadonlyMap<string, string>
  view: BoardView
  change: (part: Partial<BoardView>) => void
  /** Leaves only these runs on the page. */
  onKeep: (runs: readonly string[]) => void
}

/** Plots over many runs, which share what is brushed, marked and under the pointer. */
export function PlotBoard({ runs, hidden, colors, view, change, onKeep }: PlotBoardProps) {
  const data = useBoardData(runs, hidden, view)
  const { names, choice, plots, error } = data
  const table = data.table ?? NO_RUNS
  const [highlight] = useState(() => new Highlight())
  const [editing, setEditing] = useState<{ id: string; naming: boolean } | null>(null)
  // Browsers refuse addresses that change with every move of the pointer.
  const [dragged, setDragged] = useState<readonly Brush[] | null>(null)
  const brushes = dragged ?? view.brushes
  const kept = useMemo(() => brushedIn(table, brushes), [table, brushes])
  const board = useMemo((): Board => {
    const marked = new Set(view.marked)
    return {
      table, kept, colors, marked, brushes, highlight,
      toggleMark: (run) => change({ marked: marked.has(run) ? view.marked.filter((each) => each !== run) : [...view.marked, run] }),
      brush: (key, brush, dragging = false) => {
        const next = withBrush(brushes, key, brush)
        setDragged(dragging ? next : null)
        if (!dragging) change({ brushes: next })
      },
      open: (run) => navigate(jobPath(run)),
    }
  }, [table, kept, colors, view.marked, brushes, highlight, change])
  const scroller = useRef<HTMLDivElement>(null)

  const set = (next: readonly PlotSpec[]) => change({ plots: next })
  const edited = plots?.find(({ id }) => id === editing?.id)
  const replace = (id: string, part: Partial<PlotSpec>) => set((plots ?? []).map((plot) => (plot.id === id ? { ...plot, ...part } : plot)))
  const add = (kind: PlotKind) => {
    if (plots === undefined || choice === undefined) return
    const id = freeId(plots)
    set([...plots, suggested(id, kind, choice, table)])
    if (kind !== 'table') setEditing({ id, naming: false })
    // Below the others, once it is there.
    requestAnimationFrame(() => requestAnimationFrame(() => scroller.current?.querySelector(`[data-plot="${id}"]`)?.scrollIntoView({ block: 'nearest' })))
  }
  const another = (plot: PlotSpec, kind: PlotKind) => {
    if (choice === undefined) return
    const fresh = suggested(plot.id, kind, choice, table)
    const own = (key: string, other: string) => (key === '' ? other : key)
    replace(plot.id, {
      kind, x: own(plot.x, fresh.x), y: own(plot.y, fresh.y), color: own(plot.color, fresh.color), group: own(plot.group, fresh.group),
      axes: plot.axes.length === 0 ? fresh.axes : plot.axes, text: own(plot.text, fresh.text), log: [...new Set([...plot.log, ...fresh.log])], table: false,
    })
  }
  return (
    <BoardContext value={board}>
      <div className="plot-board">
        <div className="plot-main">
          <BoardBar
            onAdd={plots === undefined || data.table === undefined ? null : add}
            clearBrushes={() => change({ brushes: [] })} clearMarks={() => change({ marked: [] })}
            onKeep={() => onKeep(table.runs.filter((_run, row) => kept[row]).map(({ run_id: id }) => id))}
          />
          <div ref={scroller} className="plot-scroll">
            {error !== null ? (
              <ErrorState what="The runs could not be plotted" error={error} retry={data.retry} />
            ) : plots?.length === 0 ? (
              <State title="No plots">
                <p className="muted">Add one above, or begin with those that fit these runs.</p>
                <Button onClick={() => change({ plots: null })}>Suggest plots</Button>
              </State>
            ) : data.table !== undefined && table.runs.length === 0 ? (
              <State title="All runs are hidden" />
            ) : (
              <Cards
                plots={data.table === undefined ? undefined : plots} loading={data.loading} full={view.full} set={set} replace={replace} change={change}
                edit={(id, naming) => setEditing({ id, naming })}
              />
            )}
          </div>
        </div>
        {edited !== undefined && names !== undefined && (
          <PlotEditor
            key={edited.id} spec={edited} names={names} naming={editing?.naming === true} change={(part) => replace(edited.id, part)}
            onKind={(kind) => another(edited, kind)} close={() => setEditing(null)}
          />
        )}
      </div>
    </BoardContext>
  )
}

interface CardsProps {
  plots: readonly PlotSpec[] | undefined
  loading: boolean
  full: string | null
  set: (plots: readonly PlotSpec[]) => void
  replace: (id: string, part: Partial<PlotSpec>) => void
  change: (part: Partial<BoardView>) => void
  edit: (id: string, naming: boolean) => void
}

/** The cards in as many columns as fit; they are moved by dragging their titles. */
function Cards({ plots, loading, full, set, replace, change, edit }: CardsProps) {
  const grid = useRef<HTMLDivElement>(null)
  const columns = Math.max(1, Math.min(MOST_COLUMNS, Math.floor(useWidth(grid) / LEAST_WIDTH)))
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const drop = (id: string, over: string | undefined) => {
    const to = plots?.findIndex((plot) => plot.id === over) ?? -1
    if (plots !== undefined && to >= 0 && id !== over) set(moved(plots, id, to))
  }
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={({ active, over }) => drop(String(active.id), over === null ? undefined : String(over.id))}>
      <SortableContext items={(plots ?? []).map(({ id }) => id)} strategy={stay}>
        <div ref={grid} className="plot-grid" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }} aria-busy={plots === undefined}>
          {plots === undefined && [2, 1, 1].map((width, index) => (
            <div key={index} className="skeleton plot-skeleton" style={{ gridColumn: `span ${Math.min(width, columns)}` }} aria-hidden />
          ))}
          {plots?.map((spec, place) => (
            <PlotCard
              key={spec.id} spec={spec} columns={columns} loading={loading}
              actions={{
                place, last: plots.length - 1, full: full === spec.id,
                change: (part) => replace(spec.id, part),
                edit: (naming) => edit(spec.id, naming),
                duplicate: () => set(duplicated(plots, spec.id)),
                remove: () => set(plots.filter(({ id }) => id !== spec.id)),
                move: (to) => set(moved(plots, spec.id, to)),
                toggleFull: () => change({ full: full === spec.id ? null : spec.id }),
              }}
            />
          ))}
        </div>
      </SortableContext>
    </DndContext>
  )
}
