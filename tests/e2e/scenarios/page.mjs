// What scenarios find on a page, and how they wait for it.
export const row = (page, name) => page.getByRole('row').filter({ hasText: name })
/** The field of a list of runs. */
export const searchField = (page) => page.getByRole('combobox', { name: /^Search/ })
export const chart = (page, metric) => page.locator(`figure[data-metric="${metric}"]`)

/** How much a chart draws and over which range, as it says itself after each drawing. */
export async function drawn(page, metric) {
  const plot = chart(page, metric).locator('.uplot[data-drawn]')
  await plot.waitFor()
  return plot.evaluate(({ dataset }) => ({
    points: Number(dataset.drawn), from: Number(dataset.from), to: Number(dataset.to),
  }))
}

export async function until(what, test, milliseconds = 20_000) {
  const end = Date.now() + milliseconds
  let last
  while (Date.now() < end) {
    last = await test()
    if (last) return last
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`Not within ${milliseconds} ms: ${what}`)
}

/** A page that was loaded again has lost the mark. */
export const mark = (page) => page.evaluate(() => void (window.marked = true))
export const isMarked = (page) => page.evaluate(() => window.marked === true)
