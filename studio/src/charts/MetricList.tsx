import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useMemo, useRef } from 'react'
import { FindField } from '../components/FindField'
import type { MetricsView } from '../lib/urlState'
import { matching, toggled } from './metricRows'
import type { MetricRow } from './metricRows'
import type { ChangeView } from './useMetricsView'

const ROW = 28

interface MetricListProps {
  rows: readonly MetricRow[]
  view: MetricsView
  change: ChangeView
  loading: boolean
}

/** Names and latest values; checked ones are charted, and all while none is. */
export function MetricList({ rows, view, change, loading }: MetricListProps) {
  const shown = useMemo(() => matching(rows, view.find), [rows, view.find])
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
      <div ref={scroller} className="metric-scroll">
        {!loading && shown.length === 0 && <p className="metric-none muted">No metric matches.</p>}
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = shown[index]
            const style = { transform: `translateY(${start}px)` }
            if (row === undefined) return <SkeletonRow key={index} style={style} />
            return (
              <label key={row.name} className="metric-row" style={style}>
                <input
                  type="checkbox"
                  className="check"
                  checked={selected.has(row.name)}
                  onChange={(event) => change({ selected: toggled(view.selected, row.name, event.target.checked) })}
                />
                <span className="ellipsis grow" title={row.name}>
                  {row.name}
                </span>
                <span title={row.title}>{row.note}</span>
              </label>
            )
          })}
        </div>
      </div>
    </aside>
  )
}

function SkeletonRow({ style }: { style: { transform: string } }) {
  return (
    <div className="metric-row" style={style} aria-hidden>
      <span className="skeleton" style={{ width: 120 }} />
    </div>
  )
}
