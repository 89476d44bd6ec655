import type { QueryClient } from '@tanstack/react-query'
import { curvesQuery } from '../api/queries'
import { axisMetric } from '../lib/chartView'
import type { MetricsView } from '../lib/chartView'
import { chartLook } from './chartLook'
import type { ChartSpec } from './chartSpec'
import { curveRequests } from './lineCurves'

/** About as many charts as a window shows. */
const IN_SIGHT = 8

/** Ask for the curves of the first charts: the server reads them while the browser draws the page around them. */
export function askAhead(client: QueryClient, charts: readonly ChartSpec[], view: MetricsView): void {
  for (const chart of charts.slice(0, IN_SIGHT)) {
    const { zoom, smoothing } = chartLook(view, chart)
    // Which steps those are is known only when that metric's curve is there.
    if (zoom !== null && axisMetric(view.x) !== null) continue
    // The chart itself asks again, and tells what failed.
    client.query(curvesQuery(curveRequests(chart.lines, { x: view.x, zoom, smoothing }))).catch(() => undefined)
  }
}
