import type { MonitoringView } from '../../../lib/monitoringState'
import { DEVICES } from '../../../lib/systemMetrics'
import type { Device, SystemChart } from '../../../lib/systemMetrics'
import type { ChangeMonitoring } from './useMonitoringView'

interface DeviceListProps {
  charts: readonly SystemChart[]
  view: MonitoringView
  change: ChangeMonitoring
  loading: boolean
}

/** Nodes and their devices; a click shows one of them alone. */
export function DeviceList({ charts, view, change, loading }: DeviceListProps) {
  const nodes = [...new Set(charts.map(({ node }) => node))]
  const item = (label: string, node: string | null, device: Device | null) => {
    const current = view.node === node && view.device === device
    return (
      <button
        key={`${node ?? ''} ${label}`} type="button" className={device === null ? 'row-button device-row' : 'row-button device-row inner'} title={label}
        aria-current={current || undefined} onClick={() => change(() => ({ node, device }))}
      >
        <span className="ellipsis">{label}</span>
      </button>
    )
  }
  // One machine has no name that would tell anything; several have the devices below their names.
  const single = nodes.length <= 1
  return (
    <aside className="metric-list" aria-label="Machines" aria-busy={loading}>
      <nav className="metric-scroll device-list" aria-label="Nodes and devices">
        {loading && <span className="skeleton device-loading" />}
        {!loading && item(single ? 'All devices' : 'All nodes', null, null)}
        {nodes.map((node) => [
          !single && item(node === '' ? 'Unnamed node' : node, node, null),
          devicesOf(charts, node).map((device) => item(device, single ? null : node, device)),
        ])}
      </nav>
    </aside>
  )
}

function devicesOf(charts: readonly SystemChart[], node: string): Device[] {
  const found = new Set(charts.flatMap((chart) => (chart.node === node ? [chart.device] : [])))
  return DEVICES.filter((device) => found.has(device))
}
