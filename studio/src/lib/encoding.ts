// Bytes of a file as text, in the encoding that they are in.

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export interface Decoded {
  text: string
  encoding: Encoding
}

/** As readers know them. */
const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16 (big-endian)',
  'windows-1252': 'Windows-1252 (Latin-1)',
}

/**
 * Which encoding bytes are in, from a file's beginning; null when they are no text. A cut may fall into a character, so one at
 * the end is forgiven.
 */
export function encodingOf(bytes: Uint8Array, cut: boolean): Encoding | null {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  if (bytes.includes(0)) return null
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut })
    return 'utf-8'
  } catch {
    return looksWestern(bytes) ? 'windows-1252' : null
  }
}

/** The text of bytes, or null when they are none. */
export function decoded(bytes: Uint8Array, cut: boolean): Decoded | null {
  const encoding = encodingOf(bytes, cut)
  return encoding === null ? null : { encoding, text: new TextDecoder(encoding).decode(bytes, { stream: cut }) }
}

/** All of a file's bytes as text, also where some of them are none: the encoding is then null. */
export function readable(bytes: Uint8Array): { text: string; encoding: Encoding | null } {
  return decoded(bytes, false) ?? { text: new TextDecoder().decode(bytes), encoding: null }
}

/** What a reader is told of how a text was read, if there is anything to tell. */
export function encodingNote(encoding: Encoding | null): string | null {
  if (encoding === null) return 'Not all of it is text: what can’t be read is shown as �'
  return encoding === 'utf-8' ? null : ENCODING_NAMES[encoding]
}

/** Of a text in a Western language at most every third letter has a mark; of packed or binary data every second byte is above 127. */
const MOST_MARKED = 0.3
/** What Windows-1252 leaves free. */
const FREE = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d])
/** Tabs, the ends of lines and pages, backspaces of progress bars, and what begins a terminal's colours. */
const CONTROLS = new Set([8, 9, 10, 12, 13, 27])

function looksWestern(bytes: Uint8Array): boolean {
  let marked = 0
  for (const byte of bytes) {
    if (FREE.has(byte) || byte === 127 || (byte < 32 && !CONTROLS.has(byte))) return false
    if (byte > 127) marked += 1
  }
  return marked <= bytes.length * MOST_MARKED
}
