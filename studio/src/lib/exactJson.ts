// JSON as Python writes it: whole numbers of any length, NaN and infinities.

/** Stands before a number that JavaScript can't hold, in place of it. */
const MARK = '\u0000'
// Strings are matched to be passed over.
const INEXACT = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\b(?:NaN|Infinity)\b|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g
const EXACT_TEXT = new RegExp(`^${MARK}(-?(?:NaN|Infinity|\\d{16,}))$`)

/** A document; `exactNumber` tells which of its texts are numbers. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(INEXACT, (found) => (isHeld(found) ? found : `"\\u0000${found}"`)))
}

/** Whether `found` is a text, or a number of which no digit is lost. */
function isHeld(found: string): boolean {
  return found.startsWith('"') || (Number.isFinite(Number(found)) && String(Number(found)) === found)
}

/** The digits of a number that stands as text in a document of `parseJson`. */
export function exactNumber(value: unknown): string | undefined {
  return typeof value === 'string' ? EXACT_TEXT.exec(value)?.[1] : undefined
}
