// The keys of the studio, for who presses them and for who asks which there are.

export interface PageShortcut {
  label: string
  path: string
  /** Pressed after `g`. */
  key: string
}

export const PAGES: readonly PageShortcut[] = [
  { label: 'Jobs', path: '/jobs', key: 'j' },
  { label: 'Queue', path: '/queue', key: 'q' },
  { label: 'New job', path: '/new-job', key: 'n' },
  { label: 'Experiments', path: '/experiments', key: 'e' },
  { label: 'Compare', path: '/compare', key: 'c' },
  { label: 'Models', path: '/models', key: 'm' },
  { label: 'Trash', path: '/trash', key: 't' },
]

export interface ShortcutGroup {
  title: string
  /** Keys, one of which is pressed or several after each other, and what they do. */
  keys: readonly (readonly [keys: readonly string[], meaning: string])[]
}

export const SHORTCUTS: readonly ShortcutGroup[] = [
  {
    title: 'Everywhere',
    keys: [
      [['Ctrl K'], 'Find a page, a run or an action'],
      [['?'], 'These keys'],
      ...PAGES.map(({ label, key }) => [['g', key], label] as const),
    ],
  },
  {
    title: 'Lists',
    keys: [
      [['/'], 'Search runs'],
      [['↓'], 'From a search into its list'],
      [['↑', '↓'], 'From row to row'],
      [['Home', 'End'], 'To the first and the last row'],
      [['Tab'], 'Through the row, then past the list'],
      [['Space'], 'Check the run; with Shift, all up to it'],
      [['Enter'], 'Open the run'],
    ],
  },
  {
    title: 'Search and filter',
    keys: [
      [['↓'], 'What the filter may go on with'],
      [['Tab'], 'Take what is offered'],
      [['Enter'], 'Take what is offered, or ask'],
      [['Esc'], 'Close the offer, then clear'],
    ],
  },
  {
    title: 'Charts',
    keys: [
      [['+', '−'], 'Zoom'],
      [['←', '→'], 'Move along a zoomed chart'],
      [['0'], 'Show all'],
    ],
  },
]

/** What keys pressed outside of fields mean. */
export type KeyMeaning = { kind: 'palette' } | { kind: 'help' } | { kind: 'go'; path: string } | { kind: 'begin' } | null

export interface PressedKey {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}

/** The meaning of a key; `begun` says that the one before was `g`. */
export function keyMeaning({ key, ctrlKey, metaKey, altKey }: PressedKey, typing: boolean, begun: boolean): KeyMeaning {
  if ((ctrlKey || metaKey) && !altKey && key.toLowerCase() === 'k') return { kind: 'palette' }
  if (typing || ctrlKey || metaKey || altKey) return null
  const page = begun ? PAGES.find((each) => each.key === key) : undefined
  if (page !== undefined) return { kind: 'go', path: page.path }
  if (key === 'g') return { kind: 'begin' }
  return key === '?' ? { kind: 'help' } : null
}
