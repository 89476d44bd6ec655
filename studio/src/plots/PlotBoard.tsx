import { Button } from '@fluentui/react-components'
import { useMemo, useRef, useState } from 'react'
import { ErrorState, State } from '../components/states'
import { jobPath } from '../lib/routes'
import { navigate } from '../state/location'
import { BoardBar } from './BoardBar'
import { BoardContext } from './BoardContext'
import type { Board } from './BoardContext'
import { brushedIn, withBrush } from './brushing'
import { suggested } from './defaults'
import { Highlight } from './highlight'
import { PlotCards } from './PlotCards'
import { PlotEditor } from './PlotEditor'
import type { BoardView, Brush } from './plotState'
import { RunTable } from './runTable'
import { freeId } from './spec'
import type { PlotKind, PlotSpec } from './spec'
import { useBoardData } from './useBoardData'
import './plots.css'

const NO_RUNS = new RunTable({ runs: [], params: [], metrics: [] }, 0)

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
              <PlotCards
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
