import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { runMetricsQuery } from '../../../api/queries'
import { ChartGrid } from '../../../charts/ChartGrid'
import type { ChartSpec } from '../../../charts/chartSpec'
import { ChartToolbar } from '../../../charts/ChartToolbar'
import type { ChangeView } from '../../../charts/useMetricsView'
import { ErrorState, State } from '../../../components/states'
import { PALETTE } from '../../../lib/colors'
import type { MonitoringView } from '../../../lib/monitoringState'
import { isSystemMetric, systemCharts } from '../../../lib/systemMetrics'
import type { SystemChart } from '../../../lib/systemMetrics'
import { DeviceList } from './DeviceList'
import { useMonitoringView } from './useMonitoringView'
import '../../../charts/metrics.css'
import './monitoring.css'

/** What the machines of a run did meanwhile: nodes and devices at the left, their charts at the right. */
export default function MonitoringTab({ runId, runName }: { runId: string; runName: string }) {
  const [view, change] = useMonitoringView()
  const { data, error, isError, refetch } = useQuery(runMetricsQuery(runId))
  // Compared by text: with each new value comes a new table of the same names.
  const names = data?.names.filter(isSystemMetric).join('\n')
  const all = useMemo(() => (names === undefined ? [] : systemCharts(names.split('\n'))), [names])
  const shown = useMemo(() => all.filter((chart) => isShown(chart, view.node, view.device)), [all, view.node, view.device])
  const charts = useMemo(() => chartsOf({ runId, run: runName }, shown), [runId, runName, shown])
  const changeCharts = useCallback<ChangeView>((part) => change((before) => ({ charts: { ...before.charts, ...(typeof part === 'function' ? part(before.charts) : part) } })), [change])
  if (isError && data === undefined) {
    return <ErrorState what="The system metrics could not be loaded" error={error} retry={() => void refetch()} />
  }
  if (data !== undefined && all.length === 0) return <NoSystemMetrics />
  return (
    <div className="metrics">
      <DeviceList charts={all} view={view} change={change} loading={data === undefined} />
      <div className="metrics-charts">
        <ChartToolbar view={view.charts} change={changeCharts} shown={countOf(shown)} total={countOf(all)} />
        <ChartGrid charts={charts} view={view.charts} change={changeCharts} loading={data === undefined} />
      </div>
    </div>
  )
}

function isShown(chart: SystemChart, node: MonitoringView['node'], device: MonitoringView['device']): boolean {
  return (node === null || chart.node === node) && (device === null || chart.device === device)
}

function countOf(charts: readonly SystemChart[]): number {
  return charts.reduce((sum, { metrics }) => sum + metrics.length, 0)
}

function chartsOf(of: { runId: string; run: string }, charts: readonly SystemChart[]): ChartSpec[] {
  return charts.map(({ node, title, metrics }) => ({
    // A chart's first metric names it in links, as on the tab of metrics.
    key: metrics[0]?.name ?? title,
    title: node === '' ? title : `${node} · ${title}`,
    lines: metrics.map(({ name, label }, index) => ({ ...of, metric: name, name: label, color: PALETTE[index % PALETTE.length] ?? PALETTE[0] })),
  }))
}

function NoSystemMetrics() {
  return (
    <State title="No system metrics">
      <p className="muted">
        The use of processors, memory, GPUs, disks and the network appears here when MLflow measures it. Switch that on before the run starts;
        it needs the package psutil, and nvidia-ml-py for GPUs.
      </p>
      <div className="code">mlflow.enable_system_metrics_logging()</div>
    </State>
  )
}
