// Charts that somebody put together from several metrics.
import { ADDED, isAdded } from '../lib/chartSettings'
import type { MetricsView } from '../lib/chartView'
import type { ChartLine, ChartSpec } from './chartSpec'

/** The view with one more chart. */
export function withAdded(view: MetricsView, metrics: readonly string[]): Pick<MetricsView, 'charts'> {
  let number = 1
  while (view.charts.has(`${ADDED}${number}`)) number += 1
  return { charts: new Map([...view.charts, [`${ADDED}${number}`, { metrics }]]) }
}

/** The charts that were put together, at the front; `linesOf` gives a metric's lines. */
export function addedCharts(settings: MetricsView['charts'], linesOf: (metric: string, index: number) => readonly ChartLine[]): ChartSpec[] {
  return [...settings].flatMap(([key, { metrics }]) => {
    if (!isAdded(key) || metrics === undefined) return []
    return [{ key, title: titleOf(metrics), lines: metrics.flatMap(linesOf) }]
  })
}

function titleOf(metrics: readonly string[]): string {
  const [first = '', second, ...rest] = metrics
  if (second === undefined) return first
  return rest.length === 0 ? `${first}, ${second}` : `${first}, ${second} and ${rest.length} more`
}
