// Finds the lines of a text that match a regular expression, while the text comes in pieces.
import type { Span } from './lineMarks'
import { LONGEST, lineText, plainLine } from './lineText'
import { hasColors } from './logText'

/** What was found so far: numbers from 1 and, for regular expressions, where the first match of each line is. */
export interface FoundLines {
  lines: number[]
  spans: Map<number, Span>
  count: number
}

export const MOST_FOUND = 10_000
/** A line may come in so many characters before it is looked at; of a longer one the end is kept. */
const MOST_WAITING = 1_000_000

export class LineSearch {
  readonly found: FoundLines = { lines: [], spans: new Map(), count: 0 }
  private readonly expression: RegExp
  private rest = ''
  private number = 0

  constructor(expression: RegExp) {
    this.expression = expression
  }

  /** Look at the next piece of the text; `more` tells whether another one follows. */
  feed(text: string, more: boolean): void {
    const lines = (this.rest + text).split('\n')
    this.rest = lines.pop() ?? ''
    for (const line of lines) this.look(line)
    if (this.rest.length > MOST_WAITING) this.rest = this.rest.slice(-MOST_WAITING)
    if (!more && this.rest !== '') this.look(this.rest)
  }

  private look(line: string): void {
    this.number += 1
    const text = line.length > LONGEST || line.includes('\r') || hasColors(line) ? lineText(plainLine(line)) : line
    const match = this.expression.exec(text)
    if (match === null) return
    this.found.count += 1
    if (this.found.lines.length >= MOST_FOUND) return
    this.found.lines.push(this.number)
    this.found.spans.set(this.number, [match.index, match.index + match[0].length])
  }
}

/** The expression, or what is wrong with it. */
export function readExpression(source: string, matchCase: boolean): RegExp | string {
  try {
    return new RegExp(source, matchCase ? '' : 'i')
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error)
  }
}

/** The found line to go to from `line`; around the end, and null when nothing was found. */
export function nextFound(lines: readonly number[], line: number | null, back: boolean): number | null {
  if (lines.length === 0) return null
  const [first, last] = [lines[0] ?? null, lines.at(-1) ?? null]
  if (line === null) return back ? last : first
  if (back) return lines.findLast((each) => each < line) ?? last
  return lines.find((each) => each > line) ?? first
}
