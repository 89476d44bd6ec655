import { Button, Select } from '@fluentui/react-components'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { CheckOption } from '../components/CheckOption'
import { formatCount, plural } from '../lib/format'
import type { MetricsView, XAxis } from '../lib/urlState'
import { SmoothingField } from './SmoothingField'
import type { ChangeView } from './useMetricsView'

interface ChartToolbarProps {
  view: MetricsView
  change: ChangeView
  shown: number
  total: number
  children?: ReactNode
  /** Whether all curves can be drawn on one chart. */
  joins?: boolean
}

/** Settings of all charts of the page. */
export function ChartToolbar({ view, change, shown, total, joins = false, children }: ChartToolbarProps) {
  const axis = useId()
  return (
    <div className="chart-toolbar">
      <span className="grow muted ellipsis">
        {total === 0 ? '' : shown === total ? plural(total, 'metric') : `${formatCount(shown)} of ${plural(total, 'metric')}`}
      </span>
      <span className="chart-actions">
        {view.selected !== null && (
          <Button appearance="transparent" size="small" onClick={() => change({ selected: null })}>
            Show all
          </Button>
        )}
        {view.zoom.size > 0 && (
          <Button appearance="transparent" size="small" onClick={() => change({ zoom: new Map() })}>
            Reset zoom
          </Button>
        )}
      </span>
      <label htmlFor={axis}>x axis</label>
      <Select
        id={axis}
        size="small"
        value={view.x}
        // A range on one axis means nothing on another.
        onChange={(_event, { value }) => change({ x: value as XAxis, zoom: new Map() })}
      >
        <option value="step">Step</option>
        <option value="time">Time</option>
        <option value="relative">Relative time</option>
      </Select>
      <SmoothingField value={view.smoothing} onChange={(smoothing) => change({ smoothing })} />
      {joins && (
        <CheckOption
          label="One chart" title="All curves of the page on one chart" checked={view.together}
          onChange={(together) => change({ together })}
        />
      )}
      <CheckOption label="Log y" checked={view.log} onChange={(log) => change({ log })} />
      {children}
    </div>
  )
}
