import { Button, Input, Select, Textarea } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { useEffect, useId, useRef } from 'react'
import { AxesField } from './AxesField'
import { useBoard } from './BoardContext'
import { ColumnField } from './ColumnField'
import { columnLabel } from './columns'
import { automaticTitle } from './defaults'
import type { RunNames } from './defaults'
import { AGGREGATES, KIND_NAMES, ORDERS, PLOT_KINDS } from './spec'
import type { Aggregate, Order, PlotKind, PlotSpec } from './spec'

interface PlotEditorProps {
  spec: PlotSpec
  names: RunNames
  /** Whether it was opened to give the plot a name. */
  naming: boolean
  change: (part: Partial<PlotSpec>) => void
  /** Another kind, with what it needs chosen where the plot has none of it. */
  onKind: (kind: PlotKind) => void
  close: () => void
}

type Slot = 'x' | 'y' | 'color' | 'group'

/** Which columns a kind has, what they are called, and what choosing none of them means. */
const FIELDS: Readonly<Record<PlotKind, readonly { slot: Slot; label: string; none?: string }[]>> = {
  parallel: [{ slot: 'color', label: 'Colour', none: 'each run its own' }],
  scatter: [{ slot: 'x', label: 'x axis' }, { slot: 'y', label: 'y axis' }, { slot: 'color', label: 'Colour', none: 'each run its own' }],
  bar: [{ slot: 'x', label: 'Value' }, { slot: 'group', label: 'Mean by', none: 'a bar for each run' }, { slot: 'color', label: 'Colour', none: 'each run its own' }],
  histogram: [{ slot: 'x', label: 'Value' }],
  box: [{ slot: 'y', label: 'Value' }, { slot: 'group', label: 'By', none: 'one box' }],
  contour: [{ slot: 'x', label: 'x axis' }, { slot: 'y', label: 'y axis' }, { slot: 'color', label: 'Height' }],
  value: [{ slot: 'x', label: 'Value' }],
  note: [],
  table: [],
}
const ORDER_NAMES: Readonly<Record<Order, string>> = { high: 'highest first', low: 'lowest first', listed: 'as listed' }

/** What a plot shows; changes are seen at once. */
export function PlotEditor({ spec, names, naming, change, onKind, close }: PlotEditorProps) {
  const { table } = useBoard()
  const id = useId()
  const title = useRef<HTMLInputElement>(null)
  const kind = useRef<HTMLSelectElement>(null)
  useEffect(() => (naming ? title : kind).current?.focus(), [naming, spec.id])
  const onLog = (key: string, log: boolean) => change({ log: log ? [...spec.log, key] : spec.log.filter((each) => each !== key) })
  return (
    <aside
      className="plot-editor" aria-label="Edit plot"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close()
      }}
    >
      <div className="plot-editor-head">
        <h2 className="grow">Edit plot</h2>
        <Button appearance="transparent" size="small" icon={<DismissRegular />} aria-label="Close" onClick={close} />
      </div>
      <div className="plot-field">
        <label htmlFor={`${id}kind`}>Kind</label>
        <Select id={`${id}kind`} ref={kind} size="small" value={spec.kind} onChange={(_event, { value }) => onKind(value as PlotKind)}>
          {PLOT_KINDS.map((each) => (
            <option key={each} value={each}>
              {KIND_NAMES[each]}
            </option>
          ))}
        </Select>
      </div>
      <div className="plot-field">
        <label htmlFor={`${id}title`}>Title</label>
        <Input
          id={`${id}title`} ref={title} size="small" value={spec.title} maxLength={200}
          placeholder={automaticTitle(spec, (key) => table.column(key)?.label ?? columnLabel(key))} onChange={(_event, { value }) => change({ title: value })}
        />
      </div>
      {spec.kind === 'parallel' && <AxesField spec={spec} names={names} change={change} onLog={onLog} />}
      {FIELDS[spec.kind].filter(({ slot }) => !(spec.kind === 'bar' && slot === 'color' && spec.group !== '')).map(({ slot, label, none }) => (
        <ColumnField
          key={slot} label={label} value={spec[slot]} names={names} onChange={(key) => change({ [slot]: key })}
          log={spec.log.includes(spec[slot])} {...(spec.kind === 'value' ? {} : { onLog: (log: boolean) => onLog(spec[slot], log) })} {...(none === undefined ? {} : { none })}
        />
      ))}
      {spec.kind === 'bar' && (
        <div className="plot-field">
          <label htmlFor={`${id}order`}>Order</label>
          <Select id={`${id}order`} size="small" value={spec.order} onChange={(_event, { value }) => change({ order: value as Order })}>
            {ORDERS.map((order) => (
              <option key={order} value={order}>
                {ORDER_NAMES[order]}
              </option>
            ))}
          </Select>
        </div>
      )}
      {spec.kind === 'value' && (
        <div className="plot-field">
          <label htmlFor={`${id}aggregate`}>Over the runs</label>
          <Select id={`${id}aggregate`} size="small" value={spec.aggregate} onChange={(_event, { value }) => change({ aggregate: value as Aggregate })}>
            {AGGREGATES.map((aggregate) => (
              <option key={aggregate} value={aggregate}>
                {aggregate === 'newest' ? 'the newest run’s' : aggregate}
              </option>
            ))}
          </Select>
        </div>
      )}
      {spec.kind === 'note' && (
        <div className="plot-field">
          <label htmlFor={`${id}text`}>Text in Markdown</label>
          <Textarea id={`${id}text`} className="mono" rows={12} value={spec.text} onChange={(_event, { value }) => change({ text: value })} />
        </div>
      )}
      {spec.kind === 'table' && <p className="muted">Parameters and metrics in which the runs differ: of the marked runs, else of the first 20.</p>}
    </aside>
  )
}
