import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components'
import { OptionsRegular } from '@fluentui/react-icons/svg/options'
import type { ReactNode } from 'react'
import { CheckOption } from '../components/CheckOption'
import { formatCount, plural } from '../lib/format'
import { unzoomed } from '../lib/chartView'
import type { MetricsView } from '../lib/chartView'
import { AxisField } from './AxisField'
import { SmoothingField } from './SmoothingField'
import type { ChangeView } from './useMetricsView'

interface ChartToolbarProps {
  view: MetricsView
  change: ChangeView
  shown: number
  total: number
  /** Metrics that can be the x axis, or be put together on a chart. */
  metrics?: readonly string[]
  children?: ReactNode
  /** Whether all curves can be drawn on one chart. */
  joins?: boolean
  /** Whether it says how many metrics are shown, as long as nothing else does. */
  counted?: boolean
}

/** Settings of all charts of the page. */
export function ChartToolbar({ view, change, shown, total, metrics = [], joins = false, counted = true, children }: ChartToolbarProps) {
  const hidden = [...view.charts].filter(([, settings]) => settings.hidden === true)
  const showHidden = () =>
    change(({ charts }) => ({
      charts: new Map([...charts].map(([key, own]) => [key, { ...own, hidden: undefined }])),
    }))
  const arranged = view.order.length > 0 || [...view.charts.values()].some(({ span, height, section }) => span ?? height ?? section)
  const resetLayout = () =>
    change(({ charts }) => ({
      order: [],
      charts: new Map([...charts].map(([key, own]) => [key, { ...own, span: undefined, height: undefined, section: undefined }])),
    }))
  return (
    <div className="chart-toolbar">
      {counted && <span className="grow muted ellipsis">{metricsText(shown, total)}</span>}
      <span className="chart-actions">
        {view.selected !== null && <Action label="Show all" onClick={() => change({ selected: null })} />}
        {hidden.length > 0 && <Action label={`Show ${plural(hidden.length, 'hidden chart')}`} onClick={showHidden} />}
        {view.zoom.size > 0 && <Action label="Reset zoom" onClick={() => change(unzoomed)} />}
      </span>
      <AxisField view={view} change={change} metrics={metrics} />
      <SmoothingField value={view.smoothing} onChange={(smoothing) => change({ smoothing })} />
      {joins && (
        <CheckOption
          label="One chart" title="All curves of the page on one chart" checked={view.together}
          onChange={(together) => change({ together })}
        />
      )}
      <CheckOption label="Log y" checked={view.log} onChange={(log) => change({ log })} />
      <Popover positioning="below-end" trapFocus>
        <PopoverTrigger disableButtonEnhancement>
          <Button appearance="subtle" icon={<OptionsRegular />} aria-label="More settings of all charts" title="More settings of all charts" />
        </PopoverTrigger>
        <PopoverSurface className="chart-options" aria-label="Settings of all charts">
          <CheckOption
            label="Log x" title={view.x === 'time' ? 'Not over moments in time' : 'A logarithmic x axis'} checked={view.logX}
            disabled={view.x === 'time'} onChange={(logX) => change({ logX })}
          />
          <CheckOption
            label="Ignore outliers" title="y axes leave out what is far from the middle half of the values" checked={view.outliers}
            onChange={(outliers) => change({ outliers })}
          />
          <CheckOption
            label="Zoom all together" title="A zoom of one chart is that of all" checked={view.sync}
            onChange={(sync) => change((present) => ({ sync, ...unzoomed(present) }))}
          />
          {arranged && <Action label="Reset order and sizes" onClick={resetLayout} />}
        </PopoverSurface>
      </Popover>
      {children}
    </div>
  )
}

/** "12 of 1,204 metrics". */
export function metricsText(shown: number, total: number): string {
  if (total === 0) return ''
  return shown === total ? plural(total, 'metric') : `${formatCount(shown)} of ${plural(total, 'metric')}`
}

function Action({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button appearance="transparent" size="small" onClick={onClick}>
      {label}
    </Button>
  )
}
