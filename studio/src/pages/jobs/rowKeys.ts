// Arrow keys in the table: up and down from row to row, left and right close and open.
import type { KeyboardEvent } from 'react'
import type { TableRow } from './runTree'

export function moveBetweenRows(event: KeyboardEvent, rows: readonly TableRow[], toggle: (key: string) => void): void {
  const { target } = event
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const place = target.closest('[data-index]')
  // From the head to the first row. Menus of columns hang elsewhere in the page, though their keys come by here.
  if (place === null) {
    if (event.key !== 'ArrowDown' || event.defaultPrevented || !event.currentTarget.contains(target)) return
    const first = event.currentTarget.querySelector<HTMLElement>('[data-index] [data-row-focus]')
    if (first !== null) event.preventDefault()
    first?.focus()
    return
  }
  const index = Number(place.getAttribute('data-index'))
  const row = rows[index]
  if (row === undefined) return
  const opens = row.kind === 'group' || (row.kind === 'run' && (row.run.child_count ?? 0) > 0)
  const isOpen = (row.kind === 'group' || row.kind === 'run') && row.open
  if ((event.key === 'ArrowRight' && opens && !isOpen) || (event.key === 'ArrowLeft' && isOpen)) {
    event.preventDefault()
    toggle(row.key)
    return
  }
  const wanted = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    ArrowRight: isOpen ? index + 1 : undefined,
    ArrowLeft: outer(rows, index),
  }[event.key]
  const next = wanted === undefined ? null : place.parentElement?.querySelector<HTMLElement>(`[data-index="${wanted}"] [data-row-focus]`)
  if (!next) return
  event.preventDefault()
  next.focus()
}

/** The row around this one. */
function outer(rows: readonly TableRow[], index: number): number | undefined {
  const depth = rows[index]?.depth ?? 0
  for (let above = index - 1; above >= 0; above -= 1) {
    if ((rows[above]?.depth ?? 0) < depth) return above
  }
  return undefined
}
