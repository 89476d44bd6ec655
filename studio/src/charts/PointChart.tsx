import { useEffect, useMemo } from 'react'
import type { RefObject } from 'react'
import { xLabel } from '../lib/chartOptions'
import type { XAxis } from '../lib/chartView'
import { formatNumber, fullNumber } from '../lib/format'
import { barsOf } from './singlePoints'
import type { SinglePoint } from './singlePoints'

interface PointChartProps {
  title: string
  points: readonly SinglePoint[]
  x: XAxis
  height: number
  reading: RefObject<HTMLSpanElement | null>
}

/** A chart whose curves have one point each: the value of one run, or a bar for each of several. */
export function PointChart({ title, points, x, height, reading }: PointChartProps) {
  // What a drawing said in its place.
  useEffect(() => {
    if (reading.current !== null) reading.current.textContent = ''
  }, [reading])
  const bars = useMemo(() => barsOf(points.map(({ value }) => value)), [points])
  const [first] = points
  if (first === undefined) return null
  if (points.length === 1) {
    return (
      <div className="chart-single" role="group" aria-label={title} style={{ height }}>
        <strong title={fullNumber(first.value)}>{formatNumber(first.value)}</strong>
        <span className="muted">{xLabel(first.x, x)}</span>
      </div>
    )
  }
  return (
    <ul className="chart-bars" aria-label={title} tabIndex={0} style={{ height }}>
      {points.map(({ line, value, x: at }, index) => (
        <li key={`${line.runId} ${line.metric}`} title={`${line.name}: ${fullNumber(value)} at ${xLabel(at, x)}`}>
          <span className="ellipsis">{line.name}</span>
          <span className="chart-bar" aria-hidden>
            <span style={{ marginLeft: `${100 * (bars[index]?.start ?? 0)}%`, width: `${100 * (bars[index]?.length ?? 0)}%`, background: line.color }} />
          </span>
          <span className="numeric">{formatNumber(value)}</span>
        </li>
      ))}
    </ul>
  )
}
