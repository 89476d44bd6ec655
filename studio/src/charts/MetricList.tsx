import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useCallback, useMemo, useRef } from 'react'
import { FindField } from '../components/FindField'
import type { MetricsView } from '../lib/chartView'
import { matching, toggled, toggledAll } from './metricRows'
import type { MetricRow } from './metricRows'
import { FolderRow } from './FolderRow'
import { metricTree } from './metricTree'
import type { Leaf } from './metricTree'
import type { ChangeView } from './useMetricsView'

const ROW = 28

interface MetricListProps {
  rows: readonly MetricRow[]
  view: MetricsView
  change: ChangeView
  loading: boolean
}

/** Names and latest values; checked ones are charted, and all while none is. Not drawn anew when a chart is zoomed. */
export const MetricList = memo(function MetricList({ rows, view, change, loading }: MetricListProps) {
  const found = useMemo(() => matching(rows, view.find), [rows, view.find])
  // What was searched for is shown, whatever is closed.
  const shown = useMemo(() => metricTree(found, view.find === '' ? view.fold : []), [found, view.find, view.fold])
  const selected = useMemo(() => new Set(view.selected ?? []), [view.selected])
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: loading ? 12 : shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  const find = useCallback((text: string) => change({ find: text }), [change])
  return (
    <aside className="metric-list" aria-label="Metrics" aria-busy={loading}>
      <div className="metric-find">
        <FindField value={view.find} onChange={find} delay={100} placeholder="Find metrics by regular expression" />
      </div>
      <div ref={scroller} className="metric-scroll" data-list>
        {!loading && shown.length === 0 && <p className="metric-none muted">No metric matches.</p>}
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = shown[index]
            const style = { transform: `translateY(${start}px)` }
            if (row === undefined) return <SkeletonRow key={index} style={style} />
            if (row.folder !== undefined) {
              const { folder } = row
              return (
                <FolderRow
                  key={folder.path} folder={folder} style={style} selected={selected}
                  onToggle={() => change({ fold: folder.open ? [...view.fold, folder.path] : view.fold.filter((path) => path !== folder.path) })}
                  onSelect={(checked) => change({ selected: toggledAll(view.selected, folder.names, checked) })}
                />
              )
            }
            return (
              <LeafRow
                key={row.leaf.row.name} leaf={row.leaf} style={style} checked={selected.has(row.leaf.row.name)}
                onSelect={(checked) => change({ selected: toggled(view.selected, row.leaf.row.name, checked) })}
              />
            )
          })}
        </div>
      </div>
    </aside>
  )
}, sameList)

function sameList(one: MetricListProps, other: MetricListProps): boolean {
  const sameView = (['find', 'fold', 'selected'] as const).every((part) => one.view[part] === other.view[part])
  return sameView && one.rows === other.rows && one.change === other.change && one.loading === other.loading
}

interface LeafRowProps {
  leaf: Leaf
  style: { transform: string }
  checked: boolean
  onSelect: (checked: boolean) => void
}

function LeafRow({ leaf: { row, label, depth }, style, checked, onSelect }: LeafRowProps) {
  const { text, title } = row.note()
  return (
    <label className="metric-row" data-row style={{ ...style, paddingLeft: 12 + depth * 20 }}>
      <input type="checkbox" className="check" aria-label={row.name} checked={checked} onChange={(event) => onSelect(event.target.checked)} />
      <span className="ellipsis grow" title={row.name}>
        {label}
      </span>
      <span title={title}>{text}</span>
    </label>
  )
}

function SkeletonRow({ style }: { style: { transform: string } }) {
  return (
    <div className="metric-row" style={style} aria-hidden>
      <span className="skeleton" style={{ width: 120 }} />
    </div>
  )
}
