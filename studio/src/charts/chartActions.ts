import { createContext } from 'react'

/** What a chart can ask of its page. */
export interface ChartActions {
  /** Moves a chart by one place within its section: what dragging does, for the keyboard. */
  move: (key: string, by: -1 | 1) => void
  /** Metrics that can be put on a chart. */
  metrics: readonly string[]
}

export const ChartActionsContext = createContext<ChartActions>({ move: () => undefined, metrics: [] })
