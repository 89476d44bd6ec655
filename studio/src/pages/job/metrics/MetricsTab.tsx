import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { runMetricsQuery } from '../../../api/queries'
import { ErrorState, State } from '../../../components/states'
import { AddChart } from '../../../charts/AddChart'
import { addedCharts } from '../../../charts/addedCharts'
import type { ChartLine, ChartSpec } from '../../../charts/chartSpec'
import { formatCount, plural } from '../../../lib/format'
import { ChartGrid } from '../../../charts/ChartGrid'
import { ChartToolbar } from '../../../charts/ChartToolbar'
import { charted, metricRows } from '../../../charts/metricRows'
import { sectionOf } from '../../../charts/metricTree'
import { MetricList } from '../../../charts/MetricList'
import { useMetricsView } from '../../../charts/useMetricsView'
import type { MetricsView } from '../../../lib/chartView'
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
  const { charts: settings, together: joined } = view
  const charts = useMemo(
    () => chartsOf({ runId, run: runName }, names, settings, joined), [runId, runName, names, settings, joined],
  )
  const all = useMemo(() => rows.map(({ name }) => name), [rows])
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
        <ChartToolbar view={view} change={change} shown={names.length} total={rows.length} metrics={all} joins>
          <AddChart metrics={all} change={change} />
          <ViewPicker page="metrics" />
        </ChartToolbar>
        <ChartGrid charts={charts} view={view} change={change} loading={data === undefined} metrics={all} />
      </div>
    </div>
  )
}

/** While nobody asks for any, machines are left to the tab of their own; unless they are all that there is. */
function chartedByDefault(rows: readonly MetricRow[], selected: readonly string[] | null, find: string): readonly MetricRow[] {
  const others = rows.filter(({ name }) => !isSystemMetric(name))
  return selected !== null || find !== '' || others.length === 0 ? rows : others
}

type Run = Pick<ChartLine, 'runId' | 'run'>

/** Charts that were put together, then one for each metric in the run's colour, or one for all of them. */
function chartsOf(of: Run, names: readonly string[], settings: MetricsView['charts'], joined: boolean): ChartSpec[] {
  const added = addedCharts(settings, (name, index) => [inOwnColor(of, name, index)])
  if (joined && names.length > 1) return [...added, together(of, names)]
  const color = runColor(of.runId)
  const single = names.map((name) => ({ key: name, title: name, section: sectionOf(name), lines: [{ ...of, metric: name, name, color }] }))
  return [...added, ...single]
}

function together(of: Run, names: readonly string[]): ChartSpec {
  const shown = names.slice(0, MOST_TOGETHER)
  const title = names.length > shown.length ? `The first ${shown.length} of ${formatCount(names.length)} metrics` : plural(names.length, 'metric')
  return { key: TOGETHER, title, lines: shown.map((name, index) => inOwnColor(of, name, index)) }
}

function inOwnColor(of: Run, metric: string, index: number): ChartLine {
  return { ...of, metric, name: metric, color: PALETTE[index % PALETTE.length] ?? PALETTE[0] }
}
