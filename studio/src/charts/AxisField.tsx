import { Select } from '@fluentui/react-components'
import { useState } from 'react'
import { axisMetric, unzoomed } from '../lib/chartView'
import type { MetricsView, XAxis } from '../lib/chartView'
import { MetricDialog } from './MetricDialog'
import type { ChangeView } from './useMetricsView'

interface AxisFieldProps {
  view: MetricsView
  change: ChangeView
  metrics: readonly string[]
}

/** What a select gives for the wish to choose a metric. */
const CHOOSE = 'choose'

/** What lies along the x axis of all charts. */
export function AxisField({ view, change, metrics }: AxisFieldProps) {
  const [choosing, setChoosing] = useState(false)
  const metric = axisMetric(view.x)
  // A range on one axis means nothing on another.
  const choose = (x: XAxis) => change((present) => ({ x, ...unzoomed(present) }))
  return (
    <span className="chart-field">
      <Select
        aria-label="x axis"
        title="x axis"
        size="small"
        className="chart-axis"
        value={view.x}
        onChange={(_event, { value }) => (value === CHOOSE ? setChoosing(true) : choose(value as XAxis))}
      >
        <option value="step">Step</option>
        <option value="time">Time</option>
        <option value="relative">Relative time</option>
        <option value="process">Process time</option>
        {metric !== null && <option value={view.x}>{metric}</option>}
        {metrics.length > 1 && <option value={CHOOSE}>Another metric…</option>}
      </Select>
      {choosing && (
        <MetricDialog
          title="A metric as x axis" metrics={metrics} picked={metric === null ? [] : [metric]} single
          onClose={() => setChoosing(false)} onSave={([name]) => name !== undefined && choose(`metric:${name}`)}
        />
      )}
    </span>
  )
}
