// Lines as a viewer shows them, wherever they come from.
import { colored, hasColors, logLines, PLAIN } from './logText'
import type { Piece } from './logText'
import { painter } from './syntax'
import type { Tokens } from './syntax'

/** Longer lines are cut on screen: a browser lays out one endless line for seconds. */
export const LONGEST = 20_000

export interface Line {
  pieces: readonly Piece[]
  /** Its end is not shown. */
  cut: boolean
}

export interface LineSource {
  count: number
  /** Whether the first line here is the first of the file, so that numbers are known. */
  numbered: boolean
  /** Characters of the longest line; null when only what was seen can tell. */
  widest: number | null
  /** A line by its index here; null when it has not come yet. */
  line: (index: number) => Line | null
}

/** All lines of a text that is here; with the colours of its language, unless it has colours of its own. */
export function textSource(text: string, numbered: boolean, tokens?: Tokens): LineSource {
  const lines = text === '' ? [] : logLines(text)
  const pieces = hasColors(text) ? colored(lines) : null
  const painted = tokens === undefined || pieces !== null ? null : painter(lines, tokens)
  return {
    count: lines.length,
    numbered,
    widest: lines.reduce((most, line) => Math.max(most, Math.min(line.length, LONGEST)), 0),
    line: (index) => {
      const text = lines[index]
      if (text === undefined) return null
      return shortened(pieces?.[index] ?? painted?.(index) ?? [{ text, look: PLAIN }])
    },
  }
}

/** One line by itself: colours begin anew with it. */
export function plainLine(text: string): Line {
  return shortened(colored(logLines(text))[0] ?? [])
}

/** The characters of a line. */
export function lineText(line: Line): string {
  return line.pieces.map((piece) => piece.text).join('')
}

function shortened(pieces: readonly Piece[]): Line {
  if (pieces.reduce((sum, piece) => sum + piece.text.length, 0) <= LONGEST) return { pieces, cut: false }
  let left = LONGEST
  const kept = pieces.flatMap((piece) => {
    const text = piece.text.slice(0, left)
    left -= text.length
    return text === '' ? [] : [{ ...piece, text }]
  })
  return { pieces: kept, cut: true }
}

/** The block that holds the newline before line `line` (0 is the first), given the newlines before each block. */
export function blockOf(before: readonly number[], line: number): number {
  const blocks = before.length - 1
  let [low, high] = [0, Math.max(0, blocks - 1)]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((before[middle] ?? 0) < line) low = middle
    else high = middle - 1
  }
  return low
}
