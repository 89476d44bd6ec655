// The colour of a run: stable for ever, since it follows from the run's id alone.

/** Twelve colours that stay apart for colour-blind readers and hold 3:1 contrast on white and on near-black. */
export const PALETTE = [
  '#2f7ed8', '#d9661f', '#1a9a78', '#b5559c', '#a3842b', '#7a63d2',
  '#c8453b', '#2496b0', '#6a8f2f', '#8c6b4f', '#d1568a', '#7b8ea3',
] as const

export function runColor(runId: string): string {
  return PALETTE[hash(runId) % PALETTE.length] ?? PALETTE[0]
}

/** A colour for each run: its own, or while another one has that, the next that is free. */
export function runColors(runIds: readonly string[]): Map<string, string> {
  const colors = new Map<string, string>()
  const taken = new Set<string>()
  for (const runId of runIds) {
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
