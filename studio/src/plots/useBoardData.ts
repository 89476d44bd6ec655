// What a board asks the server for: the names of its runs' columns, and the columns that its plots show.
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { runColumnsQuery, runNamesQuery } from '../api/plots'
import { wantedNames } from './columns'
import { choiceColumns, choices, defaultPlots } from './defaults'
import type { Choice, RunNames } from './defaults'
import type { BoardView } from './plotState'
import { RunTable } from './runTable'
import { plotColumns } from './spec'
import type { PlotSpec } from './spec'

export interface BoardData {
  names: RunNames | undefined
  choice: Choice | undefined
  /** The runs that are shown; undefined until they are loaded first. */
  table: RunTable | undefined
  /** Those of the address, or those that the board chose. */
  plots: readonly PlotSpec[] | undefined
  /** Whether columns are on their way. */
  loading: boolean
  error: Error | null
  retry: () => void
}

export function useBoardData(runs: readonly string[], hidden: ReadonlySet<string>, view: BoardView): BoardData {
  const names = useQuery({ ...runNamesQuery(runs), enabled: runs.length > 0 })
  const choice = useMemo(() => names.data && choices(names.data), [names.data])
  const wanted = useMemo(() => {
    const shown = (view.plots ?? []).flatMap(plotColumns)
    // Also while plots are chosen: what is added next is chosen by these.
    return wantedNames([...shown, ...view.brushes.map(({ key }) => key), ...(choice === undefined ? [] : choiceColumns(choice))])
  }, [view.plots, view.brushes, choice])
  const columns = useQuery({ ...runColumnsQuery({ run_id: runs, ...wanted }), enabled: runs.length > 0 && choice !== undefined })
  const { data, dataUpdatedAt } = columns
  const table = useMemo(
    () => data && new RunTable(data, dataUpdatedAt, (run) => !hidden.has(run)),
    [data, dataUpdatedAt, hidden],
  )
  const chosen = useChosen(runs, choice, columns.isPlaceholderData ? undefined : table)
  return {
    names: names.data,
    choice,
    table,
    plots: view.plots ?? chosen,
    loading: columns.isPlaceholderData,
    error: names.data === undefined ? names.error : data === undefined ? columns.error : null,
    retry: () => void (names.data === undefined ? names.refetch() : columns.refetch()),
  }
}

/** The board's own plots. They are chosen once for the same runs: nothing that is logged later changes them. */
function useChosen(runs: readonly string[], choice: Choice | undefined, table: RunTable | undefined): readonly PlotSpec[] | undefined {
  const [made, setMade] = useState<{ runs: string; plots: readonly PlotSpec[] }>()
  const key = runs.join(' ')
  if (made?.runs === key) return made.plots
  if (choice !== undefined && table !== undefined) setMade({ runs: key, plots: defaultPlots(choice, table) })
  return made?.plots
}
