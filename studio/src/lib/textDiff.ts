// Compares two texts line by line.
import { diffArrays } from 'diff'
import type { Stretch } from './diffRows'

/** Larger files are not compared in a page. */
export const DIFF_LIMIT = 5_000_000
/** Texts that have little in common take long: after so many milliseconds it is given up. */
const MOST_TIME = 10_000

/** Stretches of equal and other lines; null when the texts differ too much to say in time. */
export function textDiff(before: string, after: string): Stretch[] | null {
  const changes = diffArrays(linesOf(before), linesOf(after), { timeout: MOST_TIME })
  if (changes === undefined) return null
  return changes.map(({ added, removed, value }): Stretch => ({ kind: added ? 'added' : removed ? 'removed' : 'same', lines: value }))
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/)
}
