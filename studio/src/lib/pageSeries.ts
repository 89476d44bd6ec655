// Figures that are pages in HTML: those whose names differ in a number alone are steps of one series.
import type { Figure } from '../api/types'

/** One page, or several over steps, in columns of equal length. */
export interface PageSeries {
  /** The path, with `*` for the number where there are several. */
  key: string
  steps: readonly number[]
  pages: readonly Figure[]
}

interface Numbered {
  page: Figure
  step: number
}

/** In the order in which the first page of each is listed. */
export function pageSeries(figures: readonly Figure[]): PageSeries[] {
  const groups = new Map<string, Numbered[]>()
  for (const page of figures) {
    if (page.kind !== 'html') continue
    const found = numbered(page.path)
    const known = groups.get(found.key)
    if (known === undefined) groups.set(found.key, [{ page, step: found.step }])
    else known.push({ page, step: found.step })
  }
  return [...groups].flatMap(([key, pages]): PageSeries[] => {
    const steps = new Set(pages.map(({ step }) => step))
    // `a1.html` and `a01.html` can't be told apart by their step.
    if (pages.length === 1 || steps.size < pages.length) return pages.map(({ page, step }) => ({ key: page.path, steps: [step], pages: [page] }))
    const sorted = [...pages].sort((one, other) => one.step - other.step)
    return [{ key, steps: sorted.map(({ step }) => step), pages: sorted.map(({ page }) => page) }]
  })
}

/** The last number in the name of a file; those in names of folders mean something else. */
function numbered(path: string): { key: string; step: number } {
  const found = /^((?:.*\/)?[^/]*?)(\d+)(\D*)$/.exec(path)
  const [, before = '', digits = '', after = ''] = found ?? []
  // Longer ones are dates with fractions, or hashes.
  if (found === null || after.includes('/') || digits.length > 15) return { key: path, step: 0 }
  return { key: `${before}*${after}`, step: Number(digits) }
}
