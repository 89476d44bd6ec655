import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import type { Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { CSSProperties } from 'react'
import { useWidth } from '../../components/useWidth'
import type { Column } from '../../lib/columns'
import type { JobsView } from '../../lib/jobsState'
import { select, selectAll } from '../../lib/selection'
import type { Selection } from '../../lib/selection'
import { columnWidths } from '../../lib/tableLayout'
import { useKeptScroll } from '../../state/kept'
import { resized } from './columnEdits'
import type { TableColumn } from './columns'
import { GROUP_ROW, GroupRow } from './GroupRow'
import { JobsHead } from './JobsHead'
import type { CheckedShare } from './JobsHead'
import { FailedRow, JobsRow, SkeletonRow } from './JobsRow'
import { toggledOpen } from './runTree'
import type { TableRow } from './runTree'
import { onTableKey } from './rowKeys'
import { useAligned } from './useAligned'

const ROW = 32
/** Of the boxes before the columns, and of the table's padding. */
const CHECK_WIDTH = 36
/** With an eye and a colour beside the box. */
const MARKED_WIDTH = 84
const PADDING = 8
/** Rows from the end at which the next page is asked for. */
const AHEAD = 30

interface JobsTableProps {
  columns: TableColumn[]
  chosen: readonly Column[]
  rows: TableRow[]
  view: JobsView
  change: (part: Partial<JobsView>) => void
  selection: Selection
  onSelect: (change: (selection: Selection) => Selection) => void
  loading: boolean
  /** The rows answer an earlier question while the present one loads. */
  stale: boolean
  loadMore: (branch: string) => void
  retry: (branch: string) => void
}

export function JobsTable(props: JobsTableProps) {
  const { chosen, rows, view, change, selection, onSelect, loading, stale, loadMore, retry } = props
  const columns = useAligned(props.columns, rows)
  const scroller = useRef<HTMLDivElement>(null)
  const getItemKey = useCallback((index: number) => rows[index]?.key ?? index, [rows])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'group' ? GROUP_ROW : ROW),
    getItemKey,
    overscan: 12,
    rangeExtractor: (range) => withFocused(range, scroller.current),
  })
  useKeptScroll(scroller)
  const items = virtual.getVirtualItems()
  const [firstShown, lastShown] = [virtual.range?.startIndex ?? 0, virtual.range?.endIndex ?? 0]
  useEffect(() => {
    // What is missing at the end of a list is asked for before it comes into sight.
    const wanted = rows.slice(Math.max(0, firstShown - AHEAD), lastShown + AHEAD).filter(({ kind }) => kind === 'pending')
    for (const branch of new Set(wanted.map((row) => row.branch.key))) loadMore(branch)
  }, [firstShown, lastShown, rows, loadMore])

  // Another question is read from its first answer on; the same one, when it changes, from where one is.
  const question = JSON.stringify([view.experiments, view.search, view.sort, view.groups, view.nested])
  const asked = useRef(question)
  useLayoutEffect(() => {
    if (asked.current === question) return
    asked.current = question
    scroller.current?.scrollTo({ top: 0 })
  }, [question])

  // A list can hold a hundred thousand rows, and grows by a few hundred at a time: nothing goes through it unasked.
  const checked = useMemo(() => checkedShare(rows, selection.ids), [rows, selection.ids])
  const complete = useMemo(() => rows.findLast(({ kind }) => kind === 'pending') === undefined, [rows])
  const onCheck = useLatest((id: string, range: boolean) => onSelect((before) => select(before, runIds(rows), id, range)))
  const onToggle = useLatest((key: string) => change({ open: toggledOpen(view.open, key) }))
  const [dragged, setDragged] = useState<{ key: string; width: number } | null>(null)
  const checkWidth = view.charts === null ? CHECK_WIDTH : MARKED_WIDTH
  const room = useWidth(scroller) - checkWidth - 2 * PADDING
  // By text, since they are a new list at each drawing.
  const drawnWidths = columnWidths(columns, dragged === null ? view.widths : new Map(view.widths).set(dragged.key, dragged.width), room).join()
  const widths = useMemo(() => drawnWidths.split(',').map(Number), [drawnWidths])
  // Cells that stick cost a layer each, so they do where the table can be moved sideways.
  const wide = room > 0 && widths.reduce((sum, width) => sum + width, 0) > room
  const onCheckAll = useLatest(() => onSelect((before) => selectAll(before, runIds(rows))))
  const onResize = useLatest((key: string, width: number | null, done: boolean) => {
    setDragged(done ? null : { key, width: width ?? 0 })
    if (done) change(resized(view, key, width))
  })
  // The titles stand still while the rows below them pass.
  const head = useMemo(
    () => (
      <JobsHead
        columns={columns} shown={{ columns: chosen, pinned: view.pinned, widths: view.widths }} view={view} change={change}
        widths={widths} checked={checked} onCheckAll={onCheckAll} onResize={onResize}
      />
    ),
    [columns, chosen, view, change, widths, checked, onCheckAll, onResize],
  )
  const opens = view.nested || view.groups.length > 0
  return (
    <div
      ref={scroller}
      className={`jobs-scroll${stale ? ' stale' : ''}${wide ? ' wide' : ''}${view.charts === null ? '' : ' marked'}`}
      style={layout(columns, widths, checkWidth)}
      role={opens ? 'treegrid' : 'table'}
      aria-label="Runs"
      aria-rowcount={complete ? rows.length + 1 : -1}
      aria-busy={loading || stale}
      data-list
      onKeyDown={(event) => onTableKey(event, rows, { toggle: onToggle, check: onCheck })}
    >
      {head}
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="rowgroup">
        {items.map((item) => {
          const place = { transform: `translateY(${item.start}px)` }
          const row = rows[item.index]
          const shared = { columns, style: place, index: item.index, depth: row?.depth ?? 0, opens }
          if (row === undefined || row.kind === 'pending') return <SkeletonRow key={item.key} {...shared} />
          if (row.kind === 'failed') return <FailedRow key={item.key} {...shared} error={row.error} retry={() => retry(row.branch.key)} />
          if (row.kind === 'group') {
            const by = view.groups[row.path.length - 1]
            return by && <GroupRow key={item.key} {...shared} rowKey={row.key} group={row.group} by={by} open={row.open} onToggle={onToggle} />
          }
          return (
            <JobsRow
              key={item.key} {...shared} rowKey={row.key} run={row.run} open={row.open} nested={view.nested} below={row.branch.parent !== null}
              checked={selection.ids.has(row.run.run_id)} onCheck={onCheck} onToggle={onToggle}
            />
          )
        })}
      </div>
    </div>
  )
}

function runIds(rows: readonly TableRow[]): string[] {
  return rows.flatMap((row) => (row.kind === 'run' ? row.run.run_id : []))
}

function checkedShare(rows: readonly TableRow[], selected: ReadonlySet<string>): CheckedShare {
  if (selected.size === 0) return 'none'
  const ids = runIds(rows)
  const count = ids.filter((id) => selected.has(id)).length
  if (count === 0) return 'none'
  return count === ids.length ? 'all' : 'some'
}

/** The row with the focus stays in the page however far one scrolls, or the keyboard would begin anew. */
function withFocused(range: Range, scroller: HTMLElement | null): number[] {
  const shown = defaultRangeExtractor(range)
  const row = scroller?.contains(document.activeElement) === true ? document.activeElement?.closest('[data-row]') : null
  const index = row == null ? -1 : Number(row.getAttribute('data-index'))
  if (index < 0 || index >= range.count || shown.includes(index)) return shown
  return index < (shown[0] ?? 0) ? [index, ...shown] : [...shown, index]
}

/** Widths as properties of the table: rows need not be drawn again when a column is resized. */
function layout(columns: readonly TableColumn[], widths: readonly number[], checkWidth: number): CSSProperties {
  const left = new Map<string, string>()
  let edge = PADDING + checkWidth
  columns.forEach(({ pinned }, index) => {
    if (pinned) left.set(`--left-${index}`, `${edge}px`)
    edge += widths[index] ?? 0
  })
  return {
    '--columns': [checkWidth, ...widths].map((width) => `${width}px`).join(' '),
    '--table-width': `${edge + PADDING}px`,
    ...Object.fromEntries(left),
  } as CSSProperties
}

/** The same function for ever, which does what the last one would do. */
function useLatest<A extends unknown[]>(act: (...given: A) => void): (...given: A) => void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  }, [act])
  return useCallback((...given: A) => latest.current(...given), [])
}
