import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { ReactNode } from 'react'

const ROW = 28

export interface PickItem {
  key: string
  label: string
  note?: ReactNode
  checked: boolean
}

interface PickListProps {
  items: readonly PickItem[]
  onPick: (key: string, checked: boolean) => void
  /** What to say when there is nothing to pick. */
  empty: string
}

/** A list of boxes to check; draws only those that are seen. */
export function PickList({ items, onPick, empty }: PickListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  })
  return (
    <div ref={scroller} className="picker-list" data-list>
      {items.length === 0 && <div className="picker-title">{empty}</div>}
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const item = items[index]
          if (item === undefined) return null
          return (
            <label
              key={item.key}
              className="picker-row"
              data-row
              data-index={index}
              style={{ position: 'absolute', left: 0, right: 0, transform: `translateY(${start}px)` }}
            >
              <input type="checkbox" checked={item.checked} onChange={(event) => onPick(item.key, event.target.checked)} />
              <span className="ellipsis grow" title={item.label}>
                {item.label}
              </span>
              <span className="muted">{item.note}</span>
            </label>
          )
        })}
      </div>
    </div>
  )
}
