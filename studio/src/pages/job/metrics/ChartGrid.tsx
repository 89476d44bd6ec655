import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { useWidth } from '../../../components/useWidth'
import { runColor } from '../../../lib/colors'
import type { MetricsView } from '../../../lib/urlState'
import { ChartCard } from './ChartCard'
import type { ChangeView } from './useMetricsView'

const CARD_HEIGHT = 264
const GAP = 12
const LEAST_WIDTH = 340

interface ChartGridProps {
  runId: string
  names: readonly string[]
  view: MetricsView
  change: ChangeView
  loading: boolean
}

/** Charts in as many columns as fit; only those in sight are drawn, so ten thousand cost what a screenful does. */
export function ChartGrid({ runId, names, view, change, loading }: ChartGridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller) - 2 * GAP
  const columns = Math.max(1, Math.min(names.length, Math.floor((width + GAP) / (LEAST_WIDTH + GAP)), 4))
  const rows = Math.ceil(names.length / columns)
  const virtual = useVirtualizer({
    count: loading ? 0 : rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD_HEIGHT + GAP,
    overscan: 1,
  })
  const color = useMemo(() => runColor(runId), [runId])
  const cardWidth = Math.floor((width - (columns - 1) * GAP) / columns)
  return (
    <div ref={scroller} className="chart-scroll">
      {width > 0 && (
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().flatMap(({ index: row, start }) =>
            names.slice(row * columns, (row + 1) * columns).map((name, column) => (
              <ChartCard
                key={name}
                runId={runId}
                metric={name}
                view={view}
                change={change}
                color={color}
                width={cardWidth}
                height={CARD_HEIGHT}
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
