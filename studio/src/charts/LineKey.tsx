import type { ChartLine } from './chartSpec'

/** More curves than this are told apart at the cursor and in the legend of the full screen. */
const MOST = 4

/** Which colour is which metric, on charts of several metrics of one run; runs are named beside the charts. */
export function LineKey({ lines }: { lines: readonly ChartLine[] }) {
  const [first] = lines
  if (first === undefined || lines.length < 2 || lines.length > MOST) return null
  if (lines.some(({ runId, members }) => runId !== first.runId || members !== undefined)) return null
  return lines.map(({ metric, name, color }) => (
    <span key={metric} className="chart-key" title={metric}>
      <span className="swatch" style={{ background: color }} aria-hidden />
      <span className="ellipsis">{name}</span>
    </span>
  ))
}
