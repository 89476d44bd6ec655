import {
  Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input, Select,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { KeyboardEvent, SyntheticEvent } from 'react'
import { CheckOption } from '../components/CheckOption'
import { HEIGHTS, MOST_SPAN, readBound } from '../lib/chartSettings'
import type { Bounds, ChartSettings } from '../lib/chartSettings'
import { placeOf, placeText } from '../lib/xPlaces'
import { withChart, withZoom } from '../lib/chartView'
import type { MetricsView, Range } from '../lib/chartView'
import type { Smoothing } from '../lib/smoothing'
import { useReturnFocus } from '../state/keyboard'
import type { ChartLook } from './chartLook'
import type { ChartSpec } from './chartSpec'
import { SmoothingField } from './SmoothingField'
import type { ChangeView } from './useMetricsView'

interface ChartEditorProps {
  chart: ChartSpec
  look: ChartLook
  view: MetricsView
  change: ChangeView
  onClose: () => void
}

const X_HINTS: Readonly<Record<string, string>> = {
  time: 'Both ends as 2026-11-23 06:04:05, or nothing to show all',
  relative: 'Both ends in seconds, or nothing to show all',
  process: 'Both ends in seconds, or nothing to show all',
}
const NUMBER = 'A number, or nothing to follow the data'

/** What one chart has of its own: name, axes, smoothing, size. */
export default function ChartEditor({ chart, look, view, change, onClose }: ChartEditorProps) {
  useReturnFocus()
  const own = view.charts.get(chart.key) ?? {}
  const [title, setTitle] = useState(look.title)
  const [smoothing, setSmoothing] = useState<Smoothing | undefined>(own.smoothing)
  const [log, setLog] = useState(own.log)
  const [y, setY] = useState((own.bounds ?? [null, null]).map((bound) => String(bound ?? '')))
  const [x, setX] = useState(look.zoom?.map((bound) => placeText(bound, view.x)) ?? ['', ''])
  const [right, setRight] = useState<readonly string[]>(own.right ?? [])
  const [span, setSpan] = useState(String(own.span ?? ''))
  const [height, setHeight] = useState(String(own.height ?? ''))
  const metrics = [...new Set(chart.lines.map(({ metric }) => metric))]
  const readPlace = (text: string) => placeOf(text, view.x)
  const [yError, xError] = [boundsError(y, readBound), boundsError(x, readPlace) ?? oneSided(x)]
  const save = (event: SyntheticEvent) => {
    event.preventDefault()
    if (yError !== undefined || xError !== undefined) return
    const [low, high] = y.map(readBound)
    const bounds: Bounds | undefined = low == null && high == null ? undefined : [low ?? null, high ?? null]
    const settings: ChartSettings = {
      title: title === chart.title ? undefined : title, smoothing, log,
      bounds,
      // What is typed is seen; what a zoom by hand shows of y goes with its x.
      ...(String(bounds) !== String(own.bounds) || x.join() === ',' ? { boxed: undefined } : {}),
      right: right.length === 0 ? undefined : right,
      span: span === '' ? undefined : Number(span),
      height: height === '' ? undefined : Number(height),
    }
    const [start, end] = x.map(readPlace)
    const range: Range | null = start == null || end == null ? null : [start, end]
    change((present) => ({ ...withChart(present, chart.key, settings), ...withZoom(present, chart.key, range) }))
    onClose()
  }
  return (
    // Keys of a field would zoom the chart, below which React counts the dialog.
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface className="chart-editor" aria-label={`Edit ${look.title}`} onKeyDown={stop}>
        <form onSubmit={save}>
          <DialogBody>
            <DialogTitle>Edit the chart</DialogTitle>
            <DialogContent className="chart-fields">
              <Field label="Title">
                <Input value={title} onChange={(_event, { value }) => setTitle(value)} />
              </Field>
              <Pair label="y axis" hint={NUMBER} error={yError} value={y} onChange={setY} />
              <Pair label="x axis" hint={X_HINTS[view.x] ?? 'Both ends, or nothing to show all'} error={xError} value={x} onChange={setX} />
              <Field label="Scale of the y axis">
                <Select value={log === undefined ? '' : log ? 'log' : 'linear'} onChange={(_event, { value }) => setLog(value === '' ? undefined : value === 'log')}>
                  <option value="">As all charts</option>
                  <option value="linear">Linear</option>
                  <option value="log">Logarithmic</option>
                </Select>
              </Field>
              <div className="chart-field-row">
                <CheckOption
                  label="Smoothing of its own" checked={smoothing !== undefined}
                  onChange={(on) => setSmoothing(on ? view.smoothing : undefined)}
                />
                {smoothing !== undefined && <SmoothingField value={smoothing} onChange={setSmoothing} />}
              </div>
              {metrics.length > 1 && (
                <fieldset className="chart-right">
                  <legend>Drawn against the axis at the right, dashed</legend>
                  {metrics.map((metric) => (
                    <CheckOption
                      key={metric} label={metric} checked={right.includes(metric)}
                      onChange={(on) => setRight(on ? [...right, metric] : right.filter((each) => each !== metric))}
                    />
                  ))}
                </fieldset>
              )}
              <div className="chart-field-row">
                <Field label="Width">
                  <Select value={span} onChange={(_event, { value }) => setSpan(value)}>
                    <option value="">One column</option>
                    {Array.from({ length: MOST_SPAN - 1 }, (_each, index) => (
                      <option key={index} value={index + 2}>{`${index + 2} columns`}</option>
                    ))}
                  </Select>
                </Field>
                <Field label="Height in pixels">
                  <Input
                    type="number" min={HEIGHTS.least} max={HEIGHTS.most} value={height} placeholder="By the page"
                    onChange={(_event, { value }) => setHeight(value)}
                  />
                </Field>
              </div>
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>Cancel</Button>
              <Button type="submit" appearance="primary">
                Save
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  )
}

function stop(event: KeyboardEvent): void {
  if (event.key !== 'Escape') event.stopPropagation()
}

interface PairProps {
  label: string
  hint: string
  error: string | undefined
  value: readonly string[]
  onChange: (value: string[]) => void
}

/** Both ends of an axis. */
function Pair({ label, hint, error, value, onChange }: PairProps) {
  const [low = '', high = ''] = value
  return (
    <Field label={label} {...(error === undefined ? { hint } : { validationMessage: error })}>
      <div className="chart-field-row" role="group" aria-label={label}>
        <Input aria-label={`${label} from`} placeholder="from" value={low} onChange={(_event, data) => onChange([data.value, high])} />
        <Input aria-label={`${label} to`} placeholder="to" value={high} onChange={(_event, data) => onChange([low, data.value])} />
      </div>
    </Field>
  )
}

function boundsError([low = '', high = '']: readonly string[], read: typeof readBound): string | undefined {
  const [from, to] = [read(low), read(high)]
  if (from === undefined || to === undefined) return `“${from === undefined ? low : high}” can’t be read.`
  return from !== null && to !== null && from >= to ? 'The first must be less than the second.' : undefined
}

function oneSided([low = '', high = '']: readonly string[]): string | undefined {
  return (low.trim() === '') === (high.trim() === '') ? undefined : 'Give both ends, or neither.'
}
