// Keys of the table besides those of every list: left and right close and open, Space checks.
import type { KeyboardEvent } from 'react'
import type { TableRow } from './runTree'

interface RowActions {
  toggle: (key: string) => void
  check: (runId: string, range: boolean) => void
}

export function onTableKey(event: KeyboardEvent, rows: readonly TableRow[], { toggle, check }: RowActions): void {
  const { target } = event
  if (!(target instanceof HTMLElement) || event.ctrlKey || event.metaKey || event.altKey) return
  const place = target.closest('[data-index]')
  // From the head to the first row. Menus of columns hang elsewhere in the page, though their keys come by here.
  if (place === null) {
    if (event.key !== 'ArrowDown' || event.defaultPrevented || !event.currentTarget.contains(target)) return
    const first = event.currentTarget.querySelector<HTMLElement>('[data-row] [data-row-focus]')
    if (first !== null) event.preventDefault()
    first?.focus()
    return
  }
  const index = Number(place.getAttribute('data-index'))
  const row = rows[index]
  if (row === undefined) return
  // A link does nothing by it, and the page would scroll.
  if (event.key === ' ' && row.kind === 'run' && target.matches('a')) {
    event.preventDefault()
    check(row.run.run_id, event.shiftKey)
    return
  }
  if (event.shiftKey) return
  const opens = row.kind === 'group' || (row.kind === 'run' && (row.run.child_count ?? 0) > 0)
  const isOpen = (row.kind === 'group' || row.kind === 'run') && row.open
  if ((event.key === 'ArrowRight' && opens && !isOpen) || (event.key === 'ArrowLeft' && isOpen)) {
    event.preventDefault()
    toggle(row.key)
    return
  }
  const wanted = { ArrowRight: isOpen ? index + 1 : undefined, ArrowLeft: outer(rows, index) }[event.key]
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
