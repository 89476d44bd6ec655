import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef } from 'react'
import { useWidth } from '../components/useWidth'
import type { MetricsView } from '../lib/urlState'
import { ChartCard } from './ChartCard'
import type { ChartSpec } from './chartSpec'
import type { ChangeView } from './useMetricsView'

const CARD_HEIGHT = 264
/** Of charts that have the page to themselves. */
const TALL_CARD = 400
const GAP = 12
const LEAST_WIDTH = 340

interface ChartGridProps {
  charts: readonly ChartSpec[]
  view: MetricsView
  change: ChangeView
  loading: boolean
}

/** Charts in as many columns as fit; only those in sight are drawn, so ten thousand cost what a screenful does. */
export function ChartGrid({ charts, view, change, loading }: ChartGridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller) - 2 * GAP
  const columns = Math.max(1, Math.min(charts.length, Math.floor((width + GAP) / (LEAST_WIDTH + GAP)), 4))
  const rows = Math.ceil(charts.length / columns)
  const height = rows === 1 ? TALL_CARD : CARD_HEIGHT
  const virtual = useVirtualizer({
    count: loading ? 0 : rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => height + GAP,
    overscan: 1,
  })
  // The list of charts remembers sizes until told that they changed.
  useLayoutEffect(() => virtual.measure(), [virtual, height])
  const cardWidth = Math.floor((width - (columns - 1) * GAP) / columns)
  return (
    <div ref={scroller} className="chart-scroll">
      {width > 0 && (
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().flatMap(({ index: row, start }) =>
            charts.slice(row * columns, (row + 1) * columns).map((chart, column) => (
              <ChartCard
                key={chart.key}
                chart={chart}
                view={view}
                change={change}
                width={cardWidth}
                height={height}
                style={{ transform: `translate(${column * (cardWidth + GAP)}px, ${start}px)` }}
              />
            )),
          )}
        </div>
      )}
      {loading && <div className="skeleton chart-skeleton" aria-hidden />}
    </div>
  )
}
