// Widths and places of a table's columns.

export interface Measured {
  key: string
  /** Of a column that nobody resized: at least so many pixels, and its share of what is left. */
  least: number
  share: number
}

/** Widths in pixels. Resized columns keep theirs; the others share what is left of the room. */
export function columnWidths(columns: readonly Measured[], resized: ReadonlyMap<string, number>, room: number): number[] {
  const free = columns.filter(({ key }) => !resized.has(key))
  const used = columns.reduce((sum, { key, least }) => sum + (resized.get(key) ?? least), 0)
  const shares = free.reduce((sum, { share }) => sum + share, 0)
  const left = Math.max(0, room - used)
  return columns.map(({ key, least, share }) => resized.get(key) ?? least + (shares > 0 ? Math.floor((left * share) / shares) : 0))
}

/** Pinned columns first, as they must stand to stay at the left; else in the order given. */
export function pinnedFirst<T extends { key: string }>(columns: readonly T[], pinned: readonly string[]): T[] {
  const isPinned = ({ key }: T) => pinned.includes(key)
  return [...columns.filter(isPinned), ...columns.filter((column) => !isPinned(column))]
}

/** The keys with one moved to the place of another: before it when it comes from behind, behind it otherwise. */
export function movedTo(keys: readonly string[], key: string, target: string): string[] {
  const from = keys.indexOf(key)
  const to = keys.indexOf(target)
  if (from < 0 || to < 0) return [...keys]
  const rest = keys.filter((each) => each !== key)
  return [...rest.slice(0, to), key, ...rest.slice(to)]
}
