import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import type { Comparison, RunRow } from '../../api/types'
import { CheckOption } from '../../components/CheckOption'
import { FindField } from '../../components/FindField'
import type { CompareView } from '../../lib/compareState'
import { comparedRows, delta, judged } from '../../lib/comparison'
import type { Cell, ComparedRow } from '../../lib/comparison'
import { formatNumber, fullNumber, plural } from '../../lib/format'
import { jobPath } from '../../lib/routes'
import { Link } from '../../state/location'
import type { ChangeCompare } from './useCompareView'

const ROW = 32
const NAME_WIDTH = 260
const RUN_WIDTH = 224
/** A run's name, which stands above its column. */
const NAME_TAG = 'mlflow.runName'

interface CompareTableProps {
  view: CompareView
  change: ChangeCompare
  data: Comparison | undefined
  colors: ReadonlyMap<string, string>
}

/** Parameters, metrics and tags of the runs side by side. */
export function CompareTable({ view, change, data, colors }: CompareTableProps) {
  const rows = useMemo(() => (data === undefined ? [] : allRows(data)), [data])
  const shown = useMemo(() => comparedRows(rows, view.search, view.differences), [rows, view.search, view.differences])
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: data === undefined ? 16 : shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  const runs = data?.runs ?? []
  const base = runs.findIndex(({ run_id }) => run_id === view.baseline)
  const number = Math.max(1, runs.length)
  const template = {
    gridTemplateColumns: `${NAME_WIDTH}px repeat(${number}, minmax(0, 1fr))`,
    width: `max(100%, ${NAME_WIDTH + number * RUN_WIDTH}px)`,
  }
  return (
    <>
      <div className="chart-toolbar">
        <div className="compare-find">
          <FindField value={view.search} onChange={(search) => change({ search })} delay={100} placeholder="Find a name" />
        </div>
        <CheckOption label="Differences only" checked={view.differences} onChange={(differences) => change({ differences })} />
        <span className="grow" />
        <span className="muted">
          {data !== undefined && `${plural(shown.length, 'row')}${data.more ? ', and more that are not shown' : ''}`}
        </span>
      </div>
      <div ref={scroller} className="compare-scroll" role="table" aria-label="Comparison" aria-busy={data === undefined}>
        <div className="compare-row compare-head" role="row" style={template}>
          <div role="columnheader" className="compare-name muted">
            Name
          </div>
          {runs.map((run) => (
            <RunHead key={run.run_id} run={run} view={view} change={change} color={colors.get(run.run_id) ?? ''} />
          ))}
        </div>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="rowgroup">
          {virtual.getVirtualItems().map(({ index, start }) => {
            const style = { ...template, transform: `translateY(${start}px)` }
            const row = shown[index]
            return row === undefined ? (
              <div key={index} className="compare-row compare-body" style={style} aria-hidden>
                <div className="compare-name">
                  <span className="skeleton" style={{ width: 140 }} />
                </div>
              </div>
            ) : (
              <CompareRow key={`${row.kind} ${row.name}`} row={row} base={base} style={style} />
            )
          })}
        </div>
        {data !== undefined && shown.length === 0 && (
          <p className="compare-none muted">
            {view.search !== '' ? 'No name matches.' : view.differences ? 'These runs do not differ.' : 'These runs have nothing to compare.'}
          </p>
        )}
      </div>
    </>
  )
}

function allRows({ params, metrics, tags }: Comparison): ComparedRow[] {
  return [
    ...params.map((row) => ({ ...row, kind: 'param' as const })),
    ...metrics.map((row) => ({ ...row, kind: 'metric' as const })),
    ...tags.filter(({ name }) => name !== NAME_TAG).map((row) => ({ ...row, kind: 'tag' as const })),
  ]
}

interface RunHeadProps {
  run: RunRow
  view: CompareView
  change: ChangeCompare
  color: string
}

function RunHead({ run, view, change, color }: RunHeadProps) {
  const chosen = view.baseline === run.run_id
  return (
    <div role="columnheader" className="compare-cell">
      <span className="swatch" style={{ background: color }} aria-hidden />
      <Link href={jobPath(run.run_id)} className="ellipsis grow" title={run.name}>
        {run.name}
      </Link>
      <button
        type="button"
        className={chosen ? 'compare-base chosen' : 'compare-base'}
        aria-pressed={chosen}
        title={chosen ? 'Compare with none' : 'Compare the others with this run'}
        onClick={() => change({ baseline: chosen ? null : run.run_id })}
      >
        baseline
      </button>
    </div>
  )
}

const KINDS = { param: 'parameter', metric: 'metric', tag: 'tag' } as const

function CompareRow({ row, base, style }: { row: ComparedRow; base: number; style: { transform: string } }) {
  const baseline = base < 0 ? null : (row.values[base] ?? null)
  return (
    <div className="compare-row compare-body" role="row" style={style}>
      <div role="rowheader" className="compare-name">
        <span className="ellipsis" title={row.name}>
          {row.name}
        </span>
        <span className="muted compare-kind">{KINDS[row.kind]}</span>
      </div>
      {row.values.map((value, index) => (
        <div
          key={index}
          role="cell"
          className={row.kind === 'metric' ? 'compare-cell numeric' : 'compare-cell'}
          data-differs={base >= 0 && index !== base && value !== baseline ? true : undefined}
        >
          <CompareValue value={value} kind={row.kind} />
          {base >= 0 && index !== base && row.kind !== 'tag' && <Delta text={delta(value, baseline)} judgement={row.kind === 'metric' ? judged(row.name, value, baseline) : null} />}
        </div>
      ))}
    </div>
  )
}

/** How far a value is from the baseline, and whether that is good, as far as a metric's name says. */
function Delta({ text, judgement }: { text: string; judgement: ReturnType<typeof judged> }) {
  return (
    <span className="muted compare-delta ellipsis" title={judgement === null ? text : `${text}, ${judgement}`} data-judged={judgement ?? undefined}>
      {judgement !== null && <span aria-hidden>{text.startsWith('−') ? '↓' : '↑'}</span>} {text}
      {judgement !== null && <span className="visually-hidden"> {judgement}</span>}
    </span>
  )
}

function CompareValue({ value, kind }: { value: Cell; kind: ComparedRow['kind'] }) {
  if (value === null) return <span className="muted">–</span>
  return (
    <span className="ellipsis" title={fullNumber(value)}>
      {kind === 'metric' ? formatNumber(value) : value === '' ? <span className="muted">empty</span> : value}
    </span>
  )
}
