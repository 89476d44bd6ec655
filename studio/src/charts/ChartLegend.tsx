import { useMemo } from 'react'
import { chartColumns, extremes } from '../lib/chartData'
import type { MetricsView } from '../lib/chartView'
import { formatNumber } from '../lib/format'
import { chartLook } from './chartLook'
import type { ChartSpec } from './chartSpec'
import { useCurves } from './useCurves'

interface ChartLegendProps {
  chart: ChartSpec
  view: MetricsView
}

/** Every curve of a chart with its last, least and greatest value in what is shown. */
export function ChartLegend({ chart, view }: ChartLegendProps) {
  const look = useMemo(() => chartLook(view, chart), [view, chart])
  const { curves } = useCurves(chart, view, look)
  const columns = useMemo(
    () => curves && chartColumns(curves, view.x, { log: [], logX: look.axes.logX }), [curves, view.x, look.axes.logX],
  )
  // The first thing that can be focused gets the focus, and that should be the chart.
  if (curves === undefined) return <div className="chart-legend" aria-hidden />
  return (
    <div className="chart-legend" tabIndex={0} role="group" aria-label="Legend">
      <table>
        <thead>
          <tr>
            <th scope="col">{chart.lines.length} curves</th>
            <th scope="col">last</th>
            <th scope="col">min</th>
            <th scope="col">max</th>
          </tr>
        </thead>
        <tbody>
          {chart.lines.map(({ runId, metric, name, color }, index) => {
            const [least, greatest] = (columns && extremes(columns, index)) ?? [null, null]
            return (
              <tr key={`${runId} ${metric}`}>
                <th scope="row">
                  <div>
                    <span className="swatch" style={{ background: color }} aria-hidden />
                    <span className="ellipsis" title={name}>{name}</span>
                  </div>
                </th>
                <td>{formatNumber(curves[index]?.last.at(-1))}</td>
                <td>{formatNumber(least)}</td>
                <td>{formatNumber(greatest)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
