// What the charts of system metrics show, kept in the URL: as other charts do, but on the run's own clock at first.
import type { Device } from './systemMetrics'
import { DEVICES } from './systemMetrics'
import { readMetricsView, withMetricsView } from './chartView'
import type { MetricsView } from './chartView'

const CLOCK = 'relative'
const OWN_KEYS: readonly string[] = ['node', 'device', 'x']

export interface MonitoringView {
  charts: MetricsView
  /** The only machine that is shown; null for all. */
  node: string | null
  device: Device | null
}

export function readMonitoringView(search: URLSearchParams): MonitoringView {
  const withClock = search.has('x') ? search : new URLSearchParams([...search, ['x', CLOCK]])
  return {
    charts: readMetricsView(withClock),
    node: search.get('node'),
    device: DEVICES.find((device) => device === search.get('device')) ?? null,
  }
}

export function withMonitoringView(search: URLSearchParams, { charts, node, device }: MonitoringView): URLSearchParams {
  const rest = [...withMetricsView(search, charts)].filter(([key]) => !OWN_KEYS.includes(key))
  const written = new URLSearchParams()
  if (node !== null) written.set('node', node)
  if (device !== null) written.set('device', device)
  if (charts.x !== CLOCK) written.set('x', charts.x)
  return new URLSearchParams([...written, ...rest])
}
