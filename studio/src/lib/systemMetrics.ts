// Measurements of machines: `system/<what>`, or `system/<node>/<what>` when several machines log to one run.

const PREFIX = 'system/'

export const DEVICES = ['CPU', 'Memory', 'GPU', 'Network', 'Disk', 'Other'] as const
export type Device = (typeof DEVICES)[number]

export interface SystemMetric {
  name: string
  /** Empty for the only machine. */
  node: string
  device: Device
  /** What is measured, as "memory usage". */
  measure: string
  /** "%", "MB", …; empty when the name tells none. */
  unit: string
  /** Which one of several devices; null when there is but one. */
  index: number | null
}

/** Metrics of one machine and device that belong on one chart. */
export interface SystemChart {
  node: string
  device: Device
  title: string
  metrics: { name: string; label: string }[]
}

const UNITS: Readonly<Record<string, string>> = { percentage: '%', megabytes: 'MB', gigabytes: 'GB', watts: 'W', celsius: '°C' }

export function isSystemMetric(name: string): boolean {
  return name.startsWith(PREFIX)
}

export function readSystemMetric(name: string): SystemMetric | null {
  if (!isSystemMetric(name)) return null
  const parts = name.slice(PREFIX.length).split('/')
  const what = parts.pop() ?? ''
  const [, gpu, rest = what] = /^gpu_(\d+)_(.+)$/.exec(what) ?? []
  const last = rest.slice(rest.lastIndexOf('_') + 1)
  const unit = UNITS[last] ?? ''
  const words = (unit === '' ? rest : rest.slice(0, Math.max(0, rest.length - last.length - 1))).replaceAll('_', ' ')
  const device = gpu === undefined ? deviceOf(what) : 'GPU'
  return { name, node: parts.join('/'), device, unit, index: gpu === undefined ? null : Number(gpu), measure: measureOf(words, device) }
}

/** A machine's charts: all GPUs on one, what a network takes and sends on one. In the order of nodes and devices. */
export function systemCharts(names: readonly string[]): SystemChart[] {
  const charts = new Map<string, { metric: SystemMetric; metrics: SystemMetric[] }>()
  for (const name of names) {
    const metric = readSystemMetric(name)
    if (metric === null) continue
    const key = JSON.stringify([metric.node, metric.device, ...placeOf(metric)])
    const chart = charts.get(key)
    if (chart === undefined) charts.set(key, { metric, metrics: [metric] })
    else chart.metrics.push(metric)
  }
  const found = [...charts.values()].sort((one, other) => compareMetrics(one.metric, other.metric))
  return found.map(({ metric: { node, device }, metrics }) => ({ node, device, title: titleOf(metrics), metrics: labelled(metrics) }))
}

/** What besides node and device must be the same on one chart. */
function placeOf({ device, measure, unit }: SystemMetric): string[] {
  return device === 'Network' || (device === 'Disk' && unit !== '%') ? [unit] : [measure, unit]
}

function titleOf(metrics: readonly SystemMetric[]): string {
  const [first] = metrics
  if (first === undefined) return ''
  const { device, unit } = first
  const measures = [...new Set(metrics.map(({ measure }) => measure))]
  const what = measures.length === 1 ? (measures[0] ?? '') : measures.join(', ')
  const title = device === 'Other' ? what : `${device} ${what}`
  return unit === '' ? title : `${title} (${unit})`
}

function labelled(metrics: readonly SystemMetric[]): { name: string; label: string }[] {
  const sorted = [...metrics].sort((one, other) => (one.index ?? 0) - (other.index ?? 0))
  return sorted.map(({ name, device, index, measure }) => ({ name, label: index === null ? measure : `${device} ${index}` }))
}

function compareMetrics(one: SystemMetric, other: SystemMetric): number {
  return (
    one.node.localeCompare(other.node, 'en', { numeric: true }) ||
    DEVICES.indexOf(one.device) - DEVICES.indexOf(other.device) ||
    // How busy a device is comes first, and a share says more at a glance than an amount.
    Number(other.measure === 'utilization') - Number(one.measure === 'utilization') ||
    Number(other.unit === '%') - Number(one.unit === '%')
  )
}

function deviceOf(what: string): Device {
  if (what.startsWith('cpu_')) return 'CPU'
  if (/^(system_)?memory_/.test(what)) return 'Memory'
  if (what.startsWith('network_')) return 'Network'
  if (what.startsWith('disk_')) return 'Disk'
  return 'Other'
}

/** Without the device's own name in front, which the title has. */
function measureOf(words: string, device: Device): string {
  return words.replace(/^system memory /, '').replace(new RegExp(`^${device} `, 'i'), '')
}
