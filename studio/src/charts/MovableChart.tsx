import { useDraggable, useDroppable } from '@dnd-kit/core'
import { memo, useCallback, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { withChart } from '../lib/chartView'
import type { MetricsView } from '../lib/chartView'
import { ChartCard } from './ChartCard'
import { sizeAfterDrag } from './chartLayout'
import type { ChartSpec } from './chartSpec'
import { ResizeCorner } from './ResizeCorner'
import type { Size } from './ResizeCorner'
import type { ChangeView } from './useMetricsView'

interface MovableChartProps {
  chart: ChartSpec
  view: MetricsView
  change: ChangeView
  left: number
  top: number
  width: number
  height: number
  /** The width of the page and its columns, which sizes snap to. */
  page: number
  columns: number
  /** The side at which a chart that is dragged would be put. */
  mark: 'before' | 'after' | null
}

/** A chart that can be dragged by its title and resized by its corner. */
export const MovableChart = memo(function MovableChart(props: MovableChartProps) {
  const { chart, view, change, left, top, width, height, page, columns, mark } = props
  const { setNodeRef: dragged, listeners, transform, isDragging } = useDraggable({ id: chart.key })
  const { setNodeRef: below } = useDroppable({ id: chart.key })
  const [size, setSize] = useState<Size | null>(null)
  const resize = useCallback(
    (to: Size) => {
      setSize(null)
      change((present) => withChart(present, chart.key, sizeAfterDrag(to.width, to.height, page, columns)))
    },
    [change, chart.key, page, columns],
  )
  const title = useMemo(() => (text: string): ReactNode => (
    // The title is no button for readers of the page: the menu moves a chart by keys.
    <span {...listeners} className="ellipsis grow chart-title movable" title={text}>
      {text}
    </span>
  ), [listeners])
  const x = left + (transform?.x ?? 0)
  const y = top + (transform?.y ?? 0)
  // A chart is told when another one comes into sight; its card is not drawn for that.
  const corner = useMemo(() => <ResizeCorner size={{ width, height }} onMove={setSize} onEnd={resize} />, [width, height, resize])
  const style = useMemo(() => ({ width: size?.width ?? width, height: size?.height ?? height }), [size, width, height])
  return (
    <div
      ref={below}
      className={`chart-place${isDragging ? ' dragging' : ''}${mark === null ? '' : ` drop-${mark}`}`}
      style={{ ...style, transform: `translate(${x}px, ${y}px)` }}
    >
      <div ref={dragged}>
        <ChartCard chart={chart} view={view} change={change} width={style.width} height={style.height} title={title}>
          {corner}
        </ChartCard>
      </div>
    </div>
  )
})
