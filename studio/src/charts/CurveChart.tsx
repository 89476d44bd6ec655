import { useCallback, useMemo, useRef } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import type { Curve } from '../api/series'
import { Chart } from '../components/Chart'
import { chartColumns, nothingToDraw } from '../lib/chartData'
import type { CursorPlace } from '../lib/chartOptions'
import { zoomed } from '../lib/chartView'
import type { MetricsView, Range } from '../lib/chartView'
import { emptyReason } from '../lib/chartWords'
import { oddMarks } from '../lib/oddMarks'
import { keyedRange } from '../lib/zoomKeys'
import type { ChartLook } from './chartLook'
import type { ChartSpec } from './chartSpec'
import { LineKey } from './LineKey'
import { PointChart } from './PointChart'
import { fillReading, latestText } from './reading'
import type { SinglePoint } from './singlePoints'
import type { ChangeView } from './useMetricsView'

/** Lines of text above and below the drawing, and the card's border. */
const AROUND = 34 + 26 + 2
const KEYS = 'arrow keys move, plus and minus zoom, 0 shows all'

interface CurveChartProps {
  chart: ChartSpec
  look: ChartLook
  view: MetricsView
  change: ChangeView
  curves: readonly Curve[]
  /** Shown instead of a drawing, where each curve has one point. */
  singles: readonly SinglePoint[] | null
  caption: string
  reading: RefObject<HTMLSpanElement | null>
  width: number
  height: number
}

/** The drawing of a chart, the values at its cursor, and what it says of itself. */
export function CurveChart({ chart, look, view, change, width, height, curves, singles, caption, reading }: CurveChartProps) {
  const { axes, shown, zoom } = look
  const { logX } = axes
  // By text, since the look is a new object after each change of the page.
  const logs = axes.right.map((right) => (right ? axes.logRight : axes.log)).join()
  const columns = useMemo(() => chartColumns(curves, view.x, { log: logs.split(',').map((log) => log === 'true'), logX }), [curves, view.x, logs, logX])
  const marks = useMemo(() => oddMarks(curves, view.x), [curves, view.x])
  const colors = useMemo(() => chart.lines.map(({ color }) => color), [chart])
  const values = useRef<HTMLDivElement>(null)
  const onZoom = useCallback(
    (x: Range | null, y: Range | null) => change((present) => zoomed(present, chart.key, x, y)),
    [chart.key, change],
  )
  // Written to the page directly: the cursor moves too often for React.
  const onCursor = useCallback(
    (cursor: CursorPlace | null) => {
      if (reading.current === null || values.current === null) return
      fillReading({ head: reading.current, list: values.current, lines: chart.lines, curves, columns, marks, x: view.x, cursor })
      if (cursor === null && curves[0] !== undefined && curves.length === 1) {
        const { text, title } = latestText(curves[0], columns, view.x)
        reading.current.textContent = text
        reading.current.title = title
      }
    },
    [chart, curves, columns, marks, view.x, reading],
  )
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const whole: Range = [columns[0][0] ?? 0, columns[0].at(-1) ?? 1]
    const next = event.ctrlKey || event.metaKey || event.altKey ? undefined : keyedRange(event.key, zoom ?? whole, logX ? { first: columns[0][0] ?? 1 } : null)
    if (next === undefined) return
    event.preventDefault()
    onZoom(next, null)
  }
  return (
    <>
      {singles !== null ? (
        <PointChart title={look.title} points={singles} x={view.x} height={height - AROUND} reading={reading} />
      ) : (
        <div className="chart-plot" tabIndex={0} role="group" aria-label={`${look.title}: ${KEYS}`} onKeyDown={onKeyDown}>
          <Chart
            columns={columns} marks={marks} colors={colors} axes={axes} shown={shown} onZoom={onZoom} onCursor={onCursor}
            width={width - 2} height={height - AROUND}
          />
          {nothingToDraw(columns) && <div className="chart-empty">{emptyReason(curves, axes.log, zoom !== null)}</div>}
          <div ref={values} className="chart-values" hidden />
        </div>
      )}
      <div className="chart-foot keyed" data-points={curves.reduce((sum, { total }) => sum + total, 0)}>
        <LineKey lines={chart.lines} />
        <span className="muted ellipsis" title={caption}>
          {caption}
        </span>
      </div>
    </>
  )
}
