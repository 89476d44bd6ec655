import { describe, expect, it } from 'vitest'
import { readMonitoringView, withMonitoringView } from './monitoringState'
import { readSystemMetric, systemCharts } from './systemMetrics'

describe('names of system metrics', () => {
  it.each([
    ['system/cpu_utilization_percentage', '', 'CPU', 'utilization', '%', null],
    ['system/system_memory_usage_megabytes', '', 'Memory', 'usage', 'MB', null],
    ['system/gpu_12_memory_usage_percentage', '', 'GPU', 'memory usage', '%', 12],
    ['system/gpu_0_power_usage_watts', '', 'GPU', 'power usage', 'W', 0],
    ['system/node-1/network_receive_megabytes', 'node-1', 'Network', 'receive', 'MB', null],
    ['system/rack/node 2/disk_usage_percentage', 'rack/node 2', 'Disk', 'usage', '%', null],
    ['system/load', '', 'Other', 'load', '', null],
  ])('%s', (name, node, device, measure, unit, index) => {
    expect(readSystemMetric(name)).toEqual({ name, node, device, measure, unit, index })
  })

  it('others are none', () => {
    expect(readSystemMetric('systems/cpu')).toBeNull()
  })
})

describe('charts of system metrics', () => {
  it('hold all devices of a kind, by node and device', () => {
    const charts = systemCharts([
      'loss',
      'system/gpu_10_utilization_percentage',
      'system/gpu_2_utilization_percentage',
      'system/gpu_2_memory_usage_megabytes',
      'system/network_receive_megabytes',
      'system/network_transmit_megabytes',
      'system/disk_available_megabytes',
      'system/disk_usage_megabytes',
      'system/disk_usage_percentage',
      'system/cpu_utilization_percentage',
    ])
    expect(charts.map(({ device, title, metrics }) => [device, title, metrics.map(({ label }) => label).join()])).toEqual([
      ['CPU', 'CPU utilization (%)', 'utilization'],
      ['GPU', 'GPU utilization (%)', 'GPU 2,GPU 10'],
      ['GPU', 'GPU memory usage (MB)', 'GPU 2'],
      ['Network', 'Network receive, transmit (MB)', 'receive,transmit'],
      ['Disk', 'Disk usage (%)', 'usage'],
      ['Disk', 'Disk available, usage (MB)', 'available,usage'],
    ])
  })

  it('machines stand apart, in the order of their numbers', () => {
    const names = ['system/node-10/cpu_utilization_percentage', 'system/node-9/cpu_utilization_percentage']
    expect(systemCharts(names).map(({ node }) => node)).toEqual(['node-9', 'node-10'])
  })
})

describe('the state of the monitoring in the URL', () => {
  const search = (query: string) => new URLSearchParams(query)

  it('begins on the clock of the run', () => {
    expect(readMonitoringView(search('')).charts.x).toBe('relative')
    expect(readMonitoringView(search('x=step')).charts.x).toBe('step')
  })

  it.each(['', 'x=step', 'x=time&log=1', 'node=&device=GPU', 'node=a%2Fb', 'device=CPU'])('%s', (query) => {
    expect(withMonitoringView(search(query), readMonitoringView(search(query))).toString()).toBe(query)
  })
})
