// What all plots of one board share.
import { createContext, useContext } from 'react'
import { Highlight } from './highlight'
import type { Brush } from './plotState'
import { RunTable } from './runTable'

export interface Board {
  table: RunTable
  /** For each row, whether the brushes leave it. */
  kept: readonly boolean[]
  colors: ReadonlyMap<string, string>
  marked: ReadonlySet<string>
  brushes: readonly Brush[]
  highlight: Highlight
  toggleMark: (runId: string) => void
  /** With `dragging`, while it is being drawn: then it does not reach the address yet. */
  brush: (key: string, brush: Brush | null, dragging?: boolean) => void
  /** Opens a run's page. */
  open: (runId: string) => void
}

const nothing = () => undefined

export const BoardContext = createContext<Board>({
  table: new RunTable({ runs: [], params: [], metrics: [] }, 0),
  kept: [], colors: new Map(), marked: new Set(), brushes: [], highlight: new Highlight(),
  toggleMark: nothing, brush: nothing, open: nothing,
})

export function useBoard(): Board {
  return useContext(BoardContext)
}
