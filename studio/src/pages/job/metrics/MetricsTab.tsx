import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { runMetricsQuery } from '../../../api/queries'
import { ErrorState, State } from '../../../components/states'
import type { ChartSpec } from '../../../charts/chartSpec'
import { formatCount, plural } from '../../../lib/format'
import { ChartGrid } from '../../../charts/ChartGrid'
import { ChartToolbar } from '../../../charts/ChartToolbar'
import { charted, metricRows } from '../../../charts/metricRows'
import { MetricList } from '../../../charts/MetricList'
import { useMetricsView } from '../../../charts/useMetricsView'
import type { MetricRow } from '../../../charts/metricRows'
import { PALETTE, runColor } from '../../../lib/colors'
import { isSystemMetric } from '../../../lib/systemMetrics'
import { ViewPicker } from '../../../views/ViewPicker'
import '../../../charts/metrics.css'

/** Curves that one chart holds at most. */
const MOST_TOGETHER = 50
/** The key of the chart that holds all metrics; no metric has an empty name. */
const TOGETHER = ' '

/** The list of metrics at the left, their charts at the right. */
export default function MetricsTab({ runId, runName }: { runId: string; runName: string }) {
  const [view, change] = useMetricsView()
  const { data, error, isError, refetch } = useQuery(runMetricsQuery(runId))
  const rows = useMemo(() => metricRows(data), [data])
  const names = useMemo(() => charted(chartedByDefault(rows, view.selected, view.find), view.selected, view.find), [rows, view.selected, view.find])
  const charts = useMemo(() => chartsOf({ runId, run: runName }, names, view.together), [runId, runName, names, view.together])
  if (isError && data === undefined) {
    return <ErrorState what="The metrics could not be loaded" error={error} retry={() => void refetch()} />
  }
  if (data !== undefined && rows.length === 0) {
    return (
      <State title="No metrics yet">
        <p className="muted">Charts appear here with the first logged value.</p>
        <div className="code">mlflow.log_metric("loss", 0.5, step=1)</div>
      </State>
    )
  }
  return (
    <div className="metrics">
      <MetricList rows={rows} view={view} change={change} loading={data === undefined} />
      <div className="metrics-charts">
        <ChartToolbar view={view} change={change} shown={names.length} total={rows.length} joins>
          <ViewPicker page="metrics" />
        </ChartToolbar>
        <ChartGrid charts={charts} view={view} change={change} loading={data === undefined} />
      </div>
    </div>
  )
}

/** While nobody asks for any, machines are left to the tab of their own; unless they are all that there is. */
function chartedByDefault(rows: readonly MetricRow[], selected: readonly string[] | null, find: string): readonly MetricRow[] {
  const others = rows.filter(({ name }) => !isSystemMetric(name))
  return selected !== null || find !== '' || others.length === 0 ? rows : others
}

/** A chart for each metric in the run's colour, or one for all of them. */
function chartsOf(of: { runId: string; run: string }, names: readonly string[], together: boolean): ChartSpec[] {
  if (!together || names.length < 2) {
    const color = runColor(of.runId)
    return names.map((name) => ({ key: name, title: name, lines: [{ ...of, metric: name, name, color }] }))
  }
  const shown = names.slice(0, MOST_TOGETHER)
  const lines = shown.map((name, index) => ({ ...of, metric: name, name, color: PALETTE[index % PALETTE.length] ?? PALETTE[0] }))
  const title = names.length > shown.length ? `The first ${shown.length} of ${formatCount(names.length)} metrics` : plural(names.length, 'metric')
  return [{ key: TOGETHER, title, lines }]
}
