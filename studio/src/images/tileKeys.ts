// Arrow keys among pictures that stand in rows.
import type { KeyboardEvent } from 'react'

export interface TilePlace {
  left: number
  top: number
}

/** The tile that a key leads to from one of them; null where there is none, or the key leads nowhere. */
export function tileAfter(key: string, places: readonly TilePlace[], from: number): number | null {
  const here = places[from]
  if (here === undefined) return null
  if (key === 'ArrowLeft') return from > 0 ? from - 1 : null
  if (key === 'ArrowRight') return from + 1 < places.length ? from + 1 : null
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null
  const down = key === 'ArrowDown'
  // Below or above by the nearest row, and there by the nearest column.
  const distance = ({ top }: TilePlace) => (down ? top - here.top : here.top - top)
  const beyond = places.map((place, index) => ({ index, apart: distance(place), aside: Math.abs(place.left - here.left) })).filter(({ apart }) => apart > 1)
  const row = Math.min(...beyond.map(({ apart }) => apart))
  return beyond.filter(({ apart }) => apart < row + 1).sort((one, other) => one.aside - other.aside)[0]?.index ?? null
}

/** Moves the focus from tile to tile of an element: buttons that match `tiles`. */
export function moveAmongTiles(event: KeyboardEvent<HTMLElement>, tiles: string): void {
  const found = [...event.currentTarget.querySelectorAll<HTMLElement>(tiles)]
  const from = found.findIndex((tile) => tile === event.target)
  const to = tileAfter(event.key, found.map((tile) => tile.getBoundingClientRect()), from)
  if (to === null || event.ctrlKey || event.metaKey || event.altKey) return
  event.preventDefault()
  found[to]?.focus()
}
