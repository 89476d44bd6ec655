import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { runMetricsQuery } from '../../../api/queries'
import { ErrorState, State } from '../../../components/states'
import { ChartGrid } from './ChartGrid'
import { ChartToolbar } from './ChartToolbar'
import { charted, metricRows } from './metricRows'
import { MetricList } from './MetricList'
import { useMetricsView } from './useMetricsView'
import './metrics.css'

/** The list of metrics at the left, their charts at the right. */
export default function MetricsTab({ runId }: { runId: string }) {
  const [view, change] = useMetricsView()
  const { data, error, isError, refetch } = useQuery(runMetricsQuery(runId))
  const rows = useMemo(() => metricRows(data), [data])
  const names = useMemo(() => charted(rows, view.selected, view.find), [rows, view.selected, view.find])
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
        <ChartToolbar view={view} change={change} shown={names.length} total={rows.length} />
        <ChartGrid runId={runId} names={names} view={view} change={change} loading={data === undefined} />
      </div>
    </div>
  )
}
