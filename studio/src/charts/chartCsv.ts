// A chart's curves as they are drawn, as comma-separated values.
import type { Curve } from '../api/series'
import { csvText } from '../lib/csv'
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
  return csvText([head, ...rows])
}

function curveRows(line: ChartLine, curve: Curve): (string | number | null)[][] {
  return Array.from(curve.x, (place, index) => {
    const band = curve.raw ? [null, null] : [curve.min[index] ?? null, curve.max[index] ?? null]
    const value = (curve.raw ? curve.last : curve.mean)[index] ?? null
    return [line.runId, line.run, line.metric, place, value, ...band, curve.smooth?.[index] ?? null]
  })
}
