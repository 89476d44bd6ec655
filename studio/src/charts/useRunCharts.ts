import { useMemo } from 'react'
import type { Comparison } from '../api/types'
import type { MetricsView } from '../lib/chartView'
import { charted } from './metricRows'
import { comparedRows, runCharts } from './runCharts'

interface RunChartsOf {
  data: Comparison | undefined
  view: MetricsView
  hidden: readonly string[]
  colors: ReadonlyMap<string, string>
}

/** The metrics of several runs, those of them that are shown, and their charts; nothing while the runs load. */
export function useRunCharts({ data, view: { selected, find, group, charts: settings }, hidden, colors }: RunChartsOf) {
  const rows = useMemo(() => (data === undefined ? [] : comparedRows(data)), [data])
  const names = useMemo(() => charted(rows, selected, find), [rows, selected, find])
  const all = useMemo(() => rows.map(({ name }) => name), [rows])
  const specs = useMemo(
    () => (data === undefined ? [] : runCharts({ data, names, hidden, colors, group, settings })),
    [data, names, hidden, colors, group, settings],
  )
  return { rows, names, all, specs }
}
