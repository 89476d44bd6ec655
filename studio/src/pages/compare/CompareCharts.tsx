import { useMemo } from 'react'
import type { Comparison } from '../../api/types'
import { AddChart } from '../../charts/AddChart'
import { ChartGrid } from '../../charts/ChartGrid'
import { ChartToolbar } from '../../charts/ChartToolbar'
import { MetricList } from '../../charts/MetricList'
import { groupColors, runGroups } from '../../charts/runCharts'
import type { RunGroup } from '../../charts/runCharts'
import { useMetricsView } from '../../charts/useMetricsView'
import { useRunCharts } from '../../charts/useRunCharts'
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
  const { rows, names, all, specs } = useRunCharts({ data, view: charts, hidden: view.hidden, colors })
  const { group } = charts
  // In the list, too, a run has the colour of its group.
  const shownColors = useMemo(
    () => (data === undefined || group === null ? colors : groupColors(runGroups(data, group))),
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
