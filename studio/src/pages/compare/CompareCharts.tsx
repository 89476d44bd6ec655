import { useMemo } from 'react'
import type { Comparison } from '../../api/types'
import { ChartGrid } from '../../charts/ChartGrid'
import type { ChartSpec } from '../../charts/chartSpec'
import { ChartToolbar } from '../../charts/ChartToolbar'
import { charted } from '../../charts/metricRows'
import type { MetricRow } from '../../charts/metricRows'
import { MetricList } from '../../charts/MetricList'
import { useMetricsView } from '../../charts/useMetricsView'
import { State } from '../../components/states'
import type { CompareView } from '../../lib/compareState'
import { plural } from '../../lib/format'
import { RunList } from './RunList'
import type { ChangeCompare } from './useCompareView'
import '../../charts/metrics.css'

interface CompareChartsProps {
  view: CompareView
  change: ChangeCompare
  data: Comparison | undefined
  colors: ReadonlyMap<string, string>
}

/** Runs and metrics at the left, a chart for each metric with the runs' curves at the right. */
export function CompareCharts({ view, change, data, colors }: CompareChartsProps) {
  const [charts, changeCharts] = useMetricsView()
  const rows = useMemo(() => (data === undefined ? [] : metricRows(data)), [data])
  const names = useMemo(() => charted(rows, charts.selected, charts.find), [rows, charts.selected, charts.find])
  const specs = useMemo(
    () => (data === undefined ? [] : chartsOf(data, names, view.hidden, colors)),
    [data, names, view.hidden, colors],
  )
  const loading = data === undefined
  const visible = data?.runs.filter(({ run_id }) => !view.hidden.includes(run_id)).length ?? 0
  return (
    <div className="metrics">
      <div className="compare-side">
        <RunList view={view} change={change} runs={data?.runs} colors={colors} />
        <MetricList rows={rows} view={charts} change={changeCharts} loading={loading} />
      </div>
      <div className="metrics-charts">
        <ChartToolbar view={charts} change={changeCharts} shown={names.length} total={rows.length} />
        {!loading && (visible === 0 || rows.length === 0) ? (
          <State title={visible === 0 ? 'All runs are hidden' : 'None of these runs has metrics yet'} />
        ) : (
          <ChartGrid charts={specs} view={charts} change={changeCharts} loading={loading} />
        )}
      </div>
    </div>
  )
}

/** Names with the number of runs that have them. */
function metricRows({ metrics, runs }: Comparison): MetricRow[] {
  return metrics.map(({ name, values }) => {
    const number = values.filter((value) => value !== null).length
    const title = `${plural(number, 'run')} of ${runs.length} ${number === 1 ? 'has' : 'have'} it`
    return { name, note: number === runs.length ? '' : plural(number, 'run'), title }
  })
}

/** A chart for each metric; charts in which nothing is to be seen are left out. */
function chartsOf(
  { metrics, runs }: Comparison,
  names: readonly string[],
  hidden: readonly string[],
  colors: ReadonlyMap<string, string>,
): ChartSpec[] {
  const byName = new Map(metrics.map((metric) => [metric.name, metric.values]))
  return names.flatMap((name) => {
    const lines = runs.flatMap(({ run_id, name: run }, index) => {
      if (hidden.includes(run_id) || (byName.get(name)?.[index] ?? null) === null) return []
      return [{ runId: run_id, metric: name, run, name: run, color: colors.get(run_id) ?? '' }]
    })
    return lines.length === 0 ? [] : [{ key: name, title: name, lines }]
  })
}
