// Where things stand in a text that is written line by line.

interface Placed {
  line: number
  message: string
}

/** What is told of each line, in one text. */
export function byLine(told: readonly Placed[]): ReadonlyMap<number, string> {
  const lines = new Map<number, string>()
  for (const { line, message } of told) {
    const known = lines.get(line)
    lines.set(line, known === undefined ? message : `${known} ${message}`)
  }
  return lines
}

/** The first and the last character of a line, counted from 1. */
export function lineRange(text: string, line: number): [start: number, end: number] {
  let start = 0
  for (let at = 1; at < line; at++) {
    const next = text.indexOf('\n', start)
    if (next < 0) break
    start = next + 1
  }
  const end = text.indexOf('\n', start)
  return [start, end < 0 ? text.length : end]
}
