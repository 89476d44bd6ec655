import { DndContext, KeyboardSensor, PointerSensor, closestCenter, useSensor, useSensors } from '@dnd-kit/core'
import { SortableContext, sortableKeyboardCoordinates } from '@dnd-kit/sortable'
import { useRef } from 'react'
import { DRAG_POINTER } from '../components/dragPointer'
import { useWidth } from '../components/useWidth'
import { PlotCard } from './PlotCard'
import type { BoardView } from './plotState'
import { duplicated, moved } from './spec'
import type { PlotSpec } from './spec'

const LEAST_WIDTH = 360
const MOST_COLUMNS = 4
/** Cards stay where they are while one is dragged. */
const stay = () => null

interface PlotCardsProps {
  /** Undefined until they are chosen. */
  plots: readonly PlotSpec[] | undefined
  loading: boolean
  full: string | null
  set: (plots: readonly PlotSpec[]) => void
  replace: (id: string, part: Partial<PlotSpec>) => void
  change: (part: Partial<BoardView>) => void
  edit: (id: string, naming: boolean) => void
}

/** The cards in as many columns as fit; they are moved by dragging their titles. */
export function PlotCards({ plots, loading, full, set, replace, change, edit }: PlotCardsProps) {
  const grid = useRef<HTMLDivElement>(null)
  const columns = Math.max(1, Math.min(MOST_COLUMNS, Math.floor(useWidth(grid) / LEAST_WIDTH)))
  const sensors = useSensors(
    useSensor(PointerSensor, DRAG_POINTER),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const drop = (id: string, over: string | undefined) => {
    const to = plots?.findIndex((plot) => plot.id === over) ?? -1
    if (plots !== undefined && to >= 0 && id !== over) set(moved(plots, id, to))
  }
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={({ active, over }) => drop(String(active.id), over === null ? undefined : String(over.id))}>
      <SortableContext items={(plots ?? []).map(({ id }) => id)} strategy={stay}>
        <div ref={grid} className="plot-grid" style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }} aria-busy={plots === undefined}>
          {plots === undefined && [2, 1, 1].map((width, index) => (
            <div key={index} className="skeleton plot-skeleton" style={{ gridColumn: `span ${Math.min(width, columns)}` }} aria-hidden />
          ))}
          {plots?.map((spec, place) => (
            <PlotCard
              key={spec.id} spec={spec} columns={columns} loading={loading}
              actions={{
                place, last: plots.length - 1, full: full === spec.id,
                change: (part) => replace(spec.id, part),
                edit: (naming) => edit(spec.id, naming),
                duplicate: () => set(duplicated(plots, spec.id)),
                remove: () => set(plots.filter(({ id }) => id !== spec.id)),
                move: (to) => set(moved(plots, spec.id, to)),
                toggleFull: () => change({ full: full === spec.id ? null : spec.id }),
              }}
            />
          ))}
        </div>
      </SortableContext>
    </DndContext>
  )
}
