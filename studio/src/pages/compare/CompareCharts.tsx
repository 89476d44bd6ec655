import { useMemo } from 'react'
import type { Comparison } from '../../api/types'
import { AddChart } from '../../charts/AddChart'
import { ChartGrid } from '../../charts/ChartGrid'
import { ChartToolbar } from '../../charts/ChartToolbar'
import { charted } from '../../charts/metricRows'
import { MetricList } from '../../charts/MetricList'
import { comparedRows, groupColors, runCharts, runGroups } from '../../charts/runCharts'
import type { RunGroup } from '../../charts/runCharts'
import { useMetricsView } from '../../charts/useMetricsView'
import { State } from '../../components/states'
import type { CompareView } from '../../lib/compareState'
import { formatCount, plural } from '../../lib/format'
import { GroupField } from './GroupField'
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
  const rows = useMemo(() => (data === undefined ? [] : comparedRows(data)), [data])
  const names = useMemo(() => charted(rows, charts.selected, charts.find), [rows, charts.selected, charts.find])
  const all = useMemo(() => rows.map(({ name }) => name), [rows])
  const { group, charts: settings } = charts
  const specs = useMemo(
    () => (data === undefined ? [] : runCharts({ data, names, hidden: view.hidden, colors, group, settings })),
    [data, names, view.hidden, colors, group, settings],
  )
  // In the list, too, a run has the colour of its group.
  const shownColors = useMemo(
    () => (data === undefined || group === null ? colors : groupColors(data, group)),
    [data, group, colors],
  )
  const loading = data === undefined
  const visible = data?.runs.filter(({ run_id }) => !view.hidden.includes(run_id)).length ?? 0
  return (
    <div className="metrics">
      <div className="compare-side">
        <RunList view={view} change={change} runs={data?.runs} colors={shownColors} editable={group === null} />
        <MetricList rows={rows} view={charts} change={changeCharts} loading={loading} />
      </div>
      <div className="metrics-charts">
        <ChartToolbar view={charts} change={changeCharts} shown={names.length} total={rows.length} metrics={all}>
          {data !== undefined && <GroupField group={group} change={changeCharts} data={data} />}
          <AddChart metrics={all} change={changeCharts} />
        </ChartToolbar>
        {data !== undefined && group !== null && <GroupLegend groups={runGroups(data, group, view.hidden)} />}
        {!loading && (visible === 0 || rows.length === 0) ? (
          <State title={visible === 0 ? 'All runs are hidden' : 'None of these runs has metrics yet'} />
        ) : (
          <ChartGrid charts={specs} view={charts} change={changeCharts} loading={loading} metrics={all} />
        )}
      </div>
    </div>
  )
}

/** Which colour is which group. */
function GroupLegend({ groups }: { groups: readonly RunGroup[] }) {
  return (
    <ul className="group-legend" aria-label="Groups">
      {groups.map(({ name, color, runs }) => (
        <li key={name} title={`${name}, ${plural(runs.length, 'run')}`}>
          <span className="swatch" style={{ background: color }} aria-hidden />
          <span className="ellipsis">{name}</span>
          <span className="muted">{formatCount(runs.length)}</span>
        </li>
      ))}
    </ul>
  )
}
