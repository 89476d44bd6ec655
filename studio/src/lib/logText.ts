// Text as a terminal would show it: progress bars that overwrite themselves, and colours.

/** How a piece of a line looks; colours are 0 to 15, or CSS. */
export interface Look {
  color: number | string | null
  ground: number | string | null
  bold: boolean
  dim: boolean
  italic: boolean
  underline: boolean
}

export interface Piece {
  text: string
  look: Look
}

export const PLAIN: Look = { color: null, ground: null, bold: false, dim: false, italic: false, underline: false }

const ESCAPE = '\u001b'
/** Control sequences (ECMA-48: CSI, OSC, and others of two characters); only colours mean something here. */
// eslint-disable-next-line no-control-regex
const SEQUENCE = /\u001b(?:\[([0-9;:?]*)([ -/]*[@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g

/** Lines as they stand in the end: what follows a carriage return writes over the beginning of its line. */
export function logLines(text: string): string[] {
  return text.replace(/\n$/, '').split('\n').map(overwritten)
}

function overwritten(line: string): string {
  if (!line.includes('\r')) return line
  const parts = line.replace(/\r+$/, '').split('\r')
  // Where colours stand between, places can't be told from lengths: the last part is what is seen.
  if (line.includes(ESCAPE)) return parts.at(-1) ?? ''
  return parts.reduce((shown, part) => part + shown.slice(part.length), '')
}

/** The pieces of each line with their looks; a colour lasts until another one, over the ends of lines. */
export function colored(lines: readonly string[]): Piece[][] {
  let look = PLAIN
  return lines.map((line) => {
    if (!line.includes(ESCAPE)) return [{ text: line, look }]
    const pieces: Piece[] = []
    let at = 0
    for (const match of line.matchAll(SEQUENCE)) {
      if (match.index > at) pieces.push({ text: line.slice(at, match.index), look })
      at = match.index + match[0].length
      if (match[2] === 'm') look = changed(look, match[1] ?? '')
    }
    if (at < line.length) pieces.push({ text: line.slice(at), look })
    return pieces
  })
}

/** Whether there is anything that `colored` would find. */
export function hasColors(text: string): boolean {
  return text.includes(ESCAPE)
}

function changed(look: Look, parameters: string): Look {
  const codes = parameters === '' ? [0] : parameters.split(/[;:]/).map(Number)
  let next = look
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0
    if (code === 38 || code === 48) {
      const [color, used] = extended(codes.slice(index + 1))
      next = code === 38 ? { ...next, color } : { ...next, ground: color }
      index += used
    } else {
      next = simple(next, code)
    }
  }
  return next
}

function simple(look: Look, code: number): Look {
  if (code === 0) return PLAIN
  if (code === 1) return { ...look, bold: true }
  if (code === 2) return { ...look, dim: true }
  if (code === 3) return { ...look, italic: true }
  if (code === 4) return { ...look, underline: true }
  if (code === 22) return { ...look, bold: false, dim: false }
  if (code === 23) return { ...look, italic: false }
  if (code === 24) return { ...look, underline: false }
  if (code === 39) return { ...look, color: null }
  if (code === 49) return { ...look, ground: null }
  if (code >= 30 && code <= 37) return { ...look, color: code - 30 }
  if (code >= 90 && code <= 97) return { ...look, color: code - 82 }
  if (code >= 40 && code <= 47) return { ...look, ground: code - 40 }
  if (code >= 100 && code <= 107) return { ...look, ground: code - 92 }
  return look
}

/** A colour of 256 or of 16 million, and how many parameters it took. */
function extended(codes: readonly number[]): [number | string | null, number] {
  const [kind, first = 0, second = 0, third = 0] = codes
  if (kind === 2) return [`rgb(${byte(first)} ${byte(second)} ${byte(third)})`, 4]
  if (kind !== 5) return [null, 1]
  if (first < 16) return [first, 2]
  if (first >= 232) {
    const gray = 8 + 10 * (first - 232)
    return [`rgb(${gray} ${gray} ${gray})`, 2]
  }
  const cube = first - 16
  const level = (value: number) => (value === 0 ? 0 : 55 + 40 * value)
  return [`rgb(${level(Math.floor(cube / 36))} ${level(Math.floor(cube / 6) % 6)} ${level(cube % 6)})`, 2]
}

function byte(value: number): number {
  return Math.max(0, Math.min(255, Math.trunc(value) || 0))
}
