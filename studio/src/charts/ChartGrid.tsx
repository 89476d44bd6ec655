import { DndContext, getClientRect, PointerSensor, pointerWithin, useSensor, useSensors } from '@dnd-kit/core'
import type { DragEndEvent, DragOverEvent } from '@dnd-kit/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { DRAG_POINTER } from '../components/dragPointer'
import { useWidth } from '../components/useWidth'
import { withChart } from '../lib/chartView'
import type { MetricsView } from '../lib/chartView'
import { ChartActionsContext, pageQuery } from './chartActions'
import type { ChartActions, QueryOf } from './chartActions'
import { columnsOf, GAP, layoutRows, orderAfterMove, sectionsOf } from './chartLayout'
import { dropPlace, placeAfterStep } from './dropPlace'
import type { DropPlace, Place } from './dropPlace'
import type { ChartSpec } from './chartSpec'
import { FullChart } from './FullChart'
import { MovableChart } from './MovableChart'
import { SectionHead } from './SectionHead'
import type { ChangeView } from './useMetricsView'

interface ChartGridProps {
  charts: readonly ChartSpec[]
  view: MetricsView
  change: ChangeView
  loading: boolean
  /** Metrics that can be put on a chart. */
  metrics?: readonly string[]
  /** Where the page keeps what its charts show. */
  queryOf?: QueryOf
}

const NONE: readonly string[] = []
/** Where charts are seen: by default what moved them there is left out. */
const MEASURING = { draggable: { measure: getClientRect }, droppable: { measure: getClientRect } }

/** Charts in sections and columns; only those in sight are drawn, so ten thousand cost what a screenful does. */
export function ChartGrid({ charts, view, change, loading, metrics = NONE, queryOf = pageQuery }: ChartGridProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller) - 2 * GAP
  const rows = useMemo(() => (width > 0 ? layoutRows(charts, view, width) : []), [charts, view, width])
  const columns = columnsOf(width, Math.max(0, ...[...sectionsOf(charts, view).values()].map(({ length }) => length)))
  const virtual = useVirtualizer({
    count: loading ? 0 : rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rows[index]?.height ?? 0,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 1,
  })
  // The list of rows remembers sizes until told that they changed.
  const heights = rows.map(({ height }) => height).join()
  useLayoutEffect(() => virtual.measure(), [virtual, heights])
  const [target, setTarget] = useState<DropPlace | null>(null)
  const sensors = useSensors(useSensor(PointerSensor, DRAG_POINTER))
  const move = useCallback(
    (key: string, { section, before }: Place) =>
      change((present) => ({
        order: orderAfterMove(charts, present, key, section, before),
        ...withChart(present, key, { section: (charts.find((chart) => chart.key === key)?.section ?? '') === section ? undefined : section }),
      })),
    [change, charts],
  )
  const step = useCallback<ChartActions['move']>(
    (key, by) => {
      const place = placeAfterStep(charts, view, key, by)
      if (place !== null) move(key, place)
    },
    [charts, view, move],
  )
  const actions = useMemo(() => ({ move: step, metrics, queryOf }), [step, metrics, queryOf])
  const onDragOver = (event: DragOverEvent) => setTarget(dropPlace(event, charts, view))
  const onDragEnd = (event: DragEndEvent) => {
    setTarget(null)
    const to = dropPlace(event, charts, view)
    if (to !== null) move(String(event.active.id), to)
  }
  const full = view.full === null ? undefined : charts.find(({ key }) => key === view.full)
  return (
    <div ref={scroller} className="chart-scroll">
      <ChartActionsContext.Provider value={actions}>
      <DndContext
        sensors={sensors} measuring={MEASURING} collisionDetection={pointerWithin} onDragMove={onDragOver} onDragOver={onDragOver} onDragEnd={onDragEnd}
        onDragCancel={() => setTarget(null)}
      >
        {rows.length > 0 && (
          <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {virtual.getVirtualItems().flatMap(({ index, start }) => {
              const row = rows[index]
              if (row === undefined) return []
              if (row.heading !== null) {
                return [<SectionHead key={row.key} heading={row.heading} change={change} style={{ transform: `translateY(${start}px)` }} />]
              }
              return row.charts.map(({ chart, left, width: wide, height }) => (
                <MovableChart
                  key={chart.key} chart={chart} view={view} change={change} left={left} top={start} width={wide} height={height}
                  page={width} columns={columns} mark={target?.chart === chart.key ? target.side : null}
                />
              ))
            })}
          </div>
        )}
      </DndContext>
      </ChartActionsContext.Provider>
      {loading && <div className="skeleton chart-skeleton" aria-hidden />}
      {full !== undefined && <FullChart chart={full} view={view} change={change} />}
    </div>
  )
}
