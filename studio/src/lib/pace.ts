// How often a page follows what is logged.

/** Seconds between two refreshes; 0 is at once, null never. */
export type Pace = number | null

export interface PaceChoice {
  pace: Pace
  /** In the menu, and in the top bar. */
  label: string
  short: string
}

export const PACES: readonly PaceChoice[] = [
  { pace: 0, label: 'Live: at once', short: 'Live' },
  { pace: 5, label: 'Every 5 seconds', short: 'Every 5 s' },
  { pace: 30, label: 'Every 30 seconds', short: 'Every 30 s' },
  { pace: 60, label: 'Every minute', short: 'Every min' },
  { pace: null, label: 'Paused', short: 'Paused' },
]

/** What storage holds, if it is a pace; `false` stands for paused there, since null is what storage has without one. */
export function readPace(value: unknown): Pace {
  if (value === false) return null
  return PACES.find(({ pace }) => pace !== null && pace === value)?.pace ?? 0
}

export function writePace(pace: Pace): number | false {
  return pace ?? false
}
