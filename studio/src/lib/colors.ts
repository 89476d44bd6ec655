// The colour of a run: stable for ever, since it follows from the run's id alone.

/** Twelve colours that stay apart for colour-blind readers and hold 3:1 contrast on white and on near-black. */
export const PALETTE = [
  '#2f7ed8', '#d9661f', '#1a9a78', '#b5559c', '#a3842b', '#7a63d2',
  '#c8453b', '#2496b0', '#6a8f2f', '#8c6b4f', '#d1568a', '#7b8ea3',
] as const

export function runColor(runId: string): string {
  return PALETTE[hash(runId) % PALETTE.length] ?? PALETTE[0]
}

/** The tag that holds a colour that somebody chose for a run, as `#rrggbb`. */
export const COLOR_TAG = 'runyard.color'

/** What a colour is as `#rrggbb`, in lower case: `#abc`, `abc`, `#AABBCC`, `rgb(1, 2, 3)`, `1, 2, 3`; null for none. */
export function readColor(text: string): string | null {
  const hex = /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1]?.toLowerCase()
  if (hex !== undefined) return `#${hex.length === 6 ? hex : hex.replace(/./g, '$&$&')}`
  const parts = /^(?:rgb\()?\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*\)?$/i.exec(text.trim())?.slice(1).map(Number)
  if (parts === undefined || parts.some((part) => part > 255)) return null
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** A colour for each run: the one that somebody chose, else its own, or while another one has that, the next that is free. */
export function runColors(runIds: readonly string[], chosen: ReadonlyMap<string, string> = new Map()): Map<string, string> {
  const colors = new Map<string, string>(runIds.flatMap((runId) => {
    const color = chosen.get(runId)
    return color === undefined ? [] : [[runId, color] as const]
  }))
  const taken = new Set<string>(colors.values())
  for (const runId of runIds) {
    if (colors.has(runId)) continue
    const own = runColor(runId)
    const color = taken.has(own) ? (PALETTE.find((each) => !taken.has(each)) ?? own) : own
    taken.add(color)
    colors.set(runId, color)
  }
  return colors
}

/** `color` as rgba with this opacity. */
export function translucent(color: string, opacity: number): string {
  const value = Number.parseInt(color.slice(1), 16)
  return `rgba(${value >> 16}, ${(value >> 8) & 255}, ${value & 255}, ${opacity})`
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value >>> 0
}
