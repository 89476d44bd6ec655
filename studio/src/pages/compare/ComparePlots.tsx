import { useCallback, useMemo } from 'react'
import type { Comparison } from '../../api/types'
import type { CompareView } from '../../lib/compareState'
import { PlotBoard } from '../../plots/PlotBoard'
import { readBoard, withBoard } from '../../plots/plotState'
import type { BoardView } from '../../plots/plotState'
import { useSearch, useSetSearch } from '../../state/location'
import { RunList } from './RunList'
import type { ChangeCompare } from './useCompareView'
import '../../charts/metrics.css'

interface ComparePlotsProps {
  view: CompareView
  change: ChangeCompare
  data: Comparison | undefined
  colors: ReadonlyMap<string, string>
}

/** Runs at the left; plots with the runs as points, lines and bars at the right. */
export default function ComparePlots({ view, change, data, colors }: ComparePlotsProps) {
  const [board, changeBoard] = useBoardView()
  const hidden = useMemo(() => new Set(view.hidden), [view.hidden])
  return (
    <div className="metrics">
      <div className="compare-side">
        <RunList editable view={view} change={change} runs={data?.runs} colors={colors} />
      </div>
      <PlotBoard
        runs={view.runs} hidden={hidden} colors={colors} view={board} change={changeBoard}
        onKeep={(kept) => {
          change({ hidden: view.runs.filter((run) => !kept.includes(run)) })
          changeBoard({ brushes: [] })
        }}
      />
    </div>
  )
}

/** The board that the URL describes, and a way to change parts of it. */
function useBoardView(): [BoardView, (part: Partial<BoardView>) => void] {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readBoard(new URLSearchParams(search)), [search])
  const change = useCallback(
    (part: Partial<BoardView>) => {
      const present = new URLSearchParams(location.search)
      setSearch(withBoard(present, { ...readBoard(present), ...part }))
    },
    [setSearch],
  )
  return [view, change]
}
