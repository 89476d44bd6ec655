// Marks what was found in the pieces of a line.
import type { Piece } from './logText'

/** From a character to another, which is not in it. */
export type Span = readonly [number, number]

export interface MarkedPiece extends Piece {
  marked: boolean
}

/** Every place of `wanted` in `text`. */
export function occurrences(text: string, wanted: string, matchCase: boolean): Span[] {
  if (wanted === '') return []
  const [where, what] = matchCase ? [text, wanted] : [lowered(text), lowered(wanted)]
  const spans: Span[] = []
  for (let at = where.indexOf(what); at >= 0; at = where.indexOf(what, at + what.length)) spans.push([at, at + what.length])
  return spans
}

/** Letters of ASCII in lower case, as the server compares them; no other letter may change its length. */
function lowered(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** The pieces cut where spans, which are in order and apart, begin and end. */
export function marked(pieces: readonly Piece[], spans: readonly Span[]): MarkedPiece[] {
  const result: MarkedPiece[] = []
  let at = 0
  for (const { text, look } of pieces) {
    const end = at + text.length
    let from = at
    for (const [start, stop] of spans) {
      if (stop <= from || start >= end) continue
      if (start > from) result.push({ text: text.slice(from - at, start - at), look, marked: false })
      const [left, right] = [Math.max(start, from), Math.min(stop, end)]
      result.push({ text: text.slice(left - at, right - at), look, marked: true })
      from = right
    }
    if (from < end) result.push({ text: text.slice(from - at), look, marked: false })
    at = end
  }
  return result
}
