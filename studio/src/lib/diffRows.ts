// Rows of a comparison of two texts, made of the stretches that a diff found.

/** Lines that both texts have, or that one of them has. */
export interface Stretch {
  kind: 'same' | 'added' | 'removed'
  lines: string[]
}

export interface DiffSide {
  number: number
  text: string
}

export type DiffRow =
  | { kind: 'same' | 'added' | 'removed' | 'changed'; left: DiffSide | null; right: DiffSide | null }
  /** Equal lines that are not shown: `id` opens them. */
  | { kind: 'gap'; id: number; count: number }

/** Equal lines that are shown around a change. */
const CONTEXT = 3

/** Side by side, or one under the other; equal stretches are closed but for those in `opened`. */
export function diffRows(stretches: readonly Stretch[], unified: boolean, opened: ReadonlySet<number>): DiffRow[] {
  const rows: DiffRow[] = []
  let [left, right] = [1, 1]
  for (let index = 0; index < stretches.length; index += 1) {
    const stretch = stretches[index]
    if (stretch === undefined) continue
    const { kind, lines } = stretch
    if (kind === 'same') {
      const same = lines.map((text, each): DiffRow => ({
        kind, left: { number: left + each, text }, right: { number: right + each, text },
      }))
      rows.push(...(opened.has(index) ? same : closed(same, index, index === 0, index === stretches.length - 1)))
      left += lines.length
      right += lines.length
      continue
    }
    const next = stretches[index + 1]
    const removed = kind === 'removed' ? lines : []
    const follows = kind === 'removed' && next?.kind === 'added'
    const added = kind === 'added' ? lines : follows ? next.lines : []
    if (follows) index += 1
    rows.push(...changes(removed, added, left, right, unified))
    left += removed.length
    right += added.length
  }
  return rows
}

function changes(removed: string[], added: string[], left: number, right: number, unified: boolean): DiffRow[] {
  const before = removed.map((text, each) => ({ number: left + each, text }))
  const after = added.map((text, each) => ({ number: right + each, text }))
  if (unified) {
    return [
      ...before.map((side): DiffRow => ({ kind: 'removed', left: side, right: null })),
      ...after.map((side): DiffRow => ({ kind: 'added', left: null, right: side })),
    ]
  }
  return Array.from({ length: Math.max(before.length, after.length) }, (_, each): DiffRow => {
    const [one, other] = [before[each] ?? null, after[each] ?? null]
    return { kind: one === null ? 'added' : other === null ? 'removed' : 'changed', left: one, right: other }
  })
}

function closed(same: DiffRow[], id: number, isFirst: boolean, isLast: boolean): DiffRow[] {
  const [head, tail] = [isFirst ? 0 : CONTEXT, isLast ? 0 : CONTEXT]
  const count = same.length - head - tail
  // A row that says that one is hidden is no gain.
  if (count < 2) return same
  return [...same.slice(0, head), { kind: 'gap', id, count }, ...same.slice(same.length - tail)]
}

export interface DiffCounts {
  added: number
  removed: number
}

export function diffCounts(stretches: readonly Stretch[]): DiffCounts {
  const count = (wanted: Stretch['kind']) =>
    stretches.reduce((sum, { kind, lines }) => sum + (kind === wanted ? lines.length : 0), 0)
  return { added: count('added'), removed: count('removed') }
}
