import { createContext } from 'react'
import { withMetricsView } from '../lib/chartView'
import type { MetricsView } from '../lib/chartView'

export type QueryOf = (view: MetricsView) => URLSearchParams

/** Of a page that keeps its charts beside what else it shows. */
export const pageQuery: QueryOf = (view) => withMetricsView(new URLSearchParams(location.search), view)

/** What a chart can ask of its page. */
export interface ChartActions {
  /** Moves a chart by one place within its section: what dragging does, for the keyboard. */
  move: (key: string, by: -1 | 1) => void
  /** Metrics that can be put on a chart. */
  metrics: readonly string[]
  /** The query of the page that shows these charts. */
  queryOf: QueryOf
}

export const ChartActionsContext = createContext<ChartActions>({ move: () => undefined, metrics: [], queryOf: pageQuery })
