// Finds a name by some of its letters.

/** How well `text` matches: larger is better, null when its letters are not all there in this order. */
export function fuzzyScore(wanted: string, text: string): number | null {
  const letters = Array.from(wanted.toLowerCase()).filter((letter) => letter !== ' ')
  const lower = text.toLowerCase()
  const whole = lower.indexOf(wanted.trim().toLowerCase())
  // The whole text in one piece is better than any letters spread over it.
  if (whole >= 0) return 1000 - whole - text.length / 1000
  let score = 0
  let from = 0
  for (const letter of letters) {
    const at = lower.indexOf(letter, from)
    if (at < 0) return null
    const begins = at === 0 || /[^\p{L}\p{N}]/u.test(lower[at - 1] ?? '')
    score += at === from ? 5 : begins ? 4 : 1 - Math.min(at - from, 20) / 20
    from = at + 1
  }
  return score - text.length / 1000
}

/** Those whose name matches, the best first; those that match alike stay in their order. */
export function fuzzyFind<T>(wanted: string, all: readonly T[], name: (one: T) => string): T[] {
  if (wanted.trim() === '') return [...all]
  return all
    .flatMap((one) => {
      const score = fuzzyScore(wanted, name(one))
      return score === null ? [] : [{ one, score }]
    })
    .sort((one, other) => other.score - one.score)
    .map(({ one }) => one)
}
