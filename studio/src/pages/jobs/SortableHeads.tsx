import { closestCenter, DndContext, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import type { DragEndEvent } from '@dnd-kit/core'
import { horizontalListSortingStrategy, SortableContext, useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { DRAG_POINTER } from '../../components/dragPointer'
import { HeaderCell } from './HeaderCell'
import type { HeaderCellProps } from './HeaderCell'

interface SortableHeadsProps {
  cells: readonly HeaderCellProps[]
  /** A column was dropped in the place of another. */
  onMove: (key: string, target: string) => void
}

/** The titles, which can be dragged to another place; each one's menu does the same by keyboard. */
export default function SortableHeads({ cells, onMove }: SortableHeadsProps) {
  const sensors = useSensors(useSensor(PointerSensor, DRAG_POINTER))
  const drop = ({ active, over }: DragEndEvent) => {
    if (over !== null && over.id !== active.id) onMove(String(active.id), String(over.id))
  }
  return (
    // What it tells screen readers stands outside the table, whose rows may hold nothing but cells.
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop} accessibility={{ container: document.body }}>
      <SortableContext items={cells.map(({ column }) => column.key)} strategy={horizontalListSortingStrategy}>
        {cells.map((cell) => (
          <SortableHead key={cell.column.key} {...cell} />
        ))}
      </SortableContext>
    </DndContext>
  )
}

function SortableHead(cell: HeaderCellProps) {
  const { setNodeRef, listeners, transform, transition, isDragging } = useSortable({ id: cell.column.key })
  const style = { transform: CSS.Translate.toString(transform), transition }
  return <HeaderCell {...cell} drag={{ ref: setNodeRef, listeners: listeners ?? {}, style, active: isDragging }} />
}
