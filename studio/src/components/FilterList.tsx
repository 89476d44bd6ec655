import { useEffect, useRef } from 'react'
import type { FilterOption } from '../lib/filterOptions'

interface FilterListProps {
  id: string
  options: readonly FilterOption[]
  active: number
  onAccept: (option: FilterOption) => void
}

export const optionId = (list: string, index: number): string => `${list}-${index}`

/** What a filter may go on with. The keyboard stays in the field, which says which option is active. */
export function FilterList({ id, options, active, onAccept }: FilterListProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active, options])
  return (
    <div ref={list} id={id} role="listbox" aria-label="What the filter may go on with" className="filter-list">
      {options.map((option, index) => (
        <div
          key={option.insert}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          className="filter-option"
          // The field would lose the keyboard.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onAccept(option)}
        >
          <span className="ellipsis grow mono" title={option.label}>
            {option.label}
          </span>
          <span className="muted">{option.note}</span>
        </div>
      ))}
    </div>
  )
}
