// A chart's curves as they are drawn, as comma-separated values.
import type { Curve } from '../api/series'
import { axisMetric } from '../lib/chartView'
import type { XAxis } from '../lib/chartView'
import type { ChartLine } from './chartSpec'

function xName(x: XAxis): string {
  return axisMetric(x) ?? (x === 'step' ? x : `${x}_ms`)
}

/**
 * A line for each point, or for each bucket: its mean, minimum and maximum, where its last point lies. Every digit
 * is there; NaN and infinities are spelled as Python spells them.
 */
export function chartCsv(lines: readonly ChartLine[], curves: readonly Curve[], x: XAxis): string {
  const head = ['run_id', 'run', 'metric', xName(x), 'value', 'min', 'max', 'smoothed']
  const rows = lines.flatMap((line, index) => {
    const curve = curves[index]
    return curve === undefined ? [] : curveRows(line, curve)
  })
  return [head, ...rows].map((row) => row.map(field).join(',')).join('\r\n') + '\r\n'
}

function curveRows(line: ChartLine, curve: Curve): string[][] {
  return Array.from(curve.x, (place, index) => {
    const band = curve.raw ? ['', ''] : [number(curve.min[index]), number(curve.max[index])]
    const value = number((curve.raw ? curve.last : curve.mean)[index])
    return [line.runId, line.run, line.metric, number(place), value, ...band, number(curve.smooth?.[index])]
  })
}

function number(value: number | undefined): string {
  if (value === undefined) return ''
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  return String(value)
}

/** By RFC 4180. A name that a spreadsheet would take for a formula is kept from being one. */
function field(text: string): string {
  const safe = /^[=+@\t\r]|^-(?![0-9i.])/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
