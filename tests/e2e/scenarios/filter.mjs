// The search of the list: MLflow's filter language with completion, and errors at their place.
import assert from 'node:assert/strict'
import { drawn, row, searchField, until } from './page.mjs'

const options = (page) => page.getByRole('listbox').getByRole('option')
const names = (page) => page.locator('.jobs-body .jobs-name').allInnerTexts()

/** A filter written with the keyboard alone, completed by what the server knows. */
export async function filterLanguage({ page, given }) {
  await page.goto(`${given.address}/jobs`)
  await row(page, 'run-000').waitFor()
  const field = searchField(page)
  await page.keyboard.press('/')
  await page.keyboard.type('metrics.lo')
  await options(page).filter({ hasText: 'metrics.loss' }).waitFor()
  assert.equal(await field.getAttribute('aria-expanded'), 'true')
  const active = await field.getAttribute('aria-activedescendant')
  assert.equal(await page.locator(`[id="${active}"]`).getAttribute('aria-selected'), 'true')
  await page.keyboard.press('Tab')
  assert.equal(await field.inputValue(), 'metrics.loss ')
  await page.keyboard.type('> 116.5 ')
  await until('a whole filter is asked for by itself', async () => (await names(page)).join() === 'run-117,run-118,run-119')
  await page.keyboard.type('an')
  await page.keyboard.press('Enter')
  await page.keyboard.type('tags.my')
  await options(page).filter({ hasText: 'tags.my tag' }).waitFor()
  await page.keyboard.press('Enter')
  assert.equal(await field.inputValue(), 'metrics.loss > 116.5 AND tags.`my tag` ')
  // An unfinished filter leaves the list as it is.
  assert.equal((await names(page)).length, 3)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  assert.equal(await field.inputValue(), 'metrics.loss > 116.5 AND tags.`my tag` = ')
  await options(page).filter({ hasText: "it's" }).waitFor()
  await page.keyboard.type("'it")
  await options(page).filter({ hasText: "it's" }).waitFor()
  await page.keyboard.press('Enter')
  assert.equal(await field.inputValue(), "metrics.loss > 116.5 AND tags.`my tag` = E'it\\'s' ")
  await until('both parts hold', async () => (await names(page)).join() === 'run-118')
  await page.keyboard.press('Escape')
  assert.equal(await options(page).count(), 0)
  await page.keyboard.press('Escape')
  assert.equal(await field.inputValue(), '')
  await row(page, 'run-000').waitFor()

  // Values of attributes need no server; the mouse takes them as well.
  await field.fill("status = 'f")
  await options(page).filter({ hasText: 'FINISHED' }).click()
  assert.equal(await field.inputValue(), "status = 'FINISHED' ")
  await until('it is asked for', () => new URL(page.url()).searchParams.get('q')?.startsWith('status') ?? false)
}

/** An error is marked where it is, and told below; a search can be read otherwise than it looks. */
export async function filterErrors({ page, given }) {
  await page.goto(`${given.address}/jobs`)
  await row(page, 'run-000').waitFor()
  const field = searchField(page)
  await field.fill("params.lr = '1' AND metrics.loss > > 3")
  await page.getByRole('alert').getByText("Expected a number for metric 'loss', found >").waitFor()
  assert.equal(await page.locator('.filter-mark mark').innerText(), '>')
  const before = await page.locator('.filter-mark > span').evaluate((span) => span.firstChild.textContent)
  assert.equal(before, "params.lr = '1' AND metrics.loss > ")
  assert.equal(await field.getAttribute('aria-invalid'), 'true')
  // The mark lies under the very characters.
  const [mark, box] = [await page.locator('.filter-mark mark').boundingBox(), await field.boundingBox()]
  assert.ok(mark.x > box.x + 100 && mark.x < box.x + box.width)

  await field.fill('metrics.loss <')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('Expected a number for metric \'loss\', found the end').waitFor()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await row(page, 'run-000').waitFor()

  const kind = page.getByRole('button', { name: 'Filter language' })
  await field.fill('seed = 7')
  await page.getByRole('alert').getByText("Invalid attribute key 'seed'").waitFor()
  assert.equal(await kind.getAttribute('aria-pressed'), 'true')
  await kind.click()
  await page.getByRole('heading', { name: 'No run matches' }).waitFor()
  assert.equal(new URL(page.url()).searchParams.get('as'), 'text')
  await page.reload()
  await page.getByRole('heading', { name: 'No run matches' }).waitFor()
  // Descriptions and tags are searched as well.
  await field.fill('a fine DESCRIPTION')
  await until('found by its description', async () => (await names(page)).join() === 'run-118')
  await field.fill('')
  await row(page, 'run-000').waitFor()
  // The switch shows what a filter may begin with.
  await kind.click()
  await options(page).filter({ hasText: 'params.' }).waitFor()
  await page.keyboard.press('Escape')
}

/** The main path without a mouse: filter, open a run, zoom a chart, compare two runs. */
export async function keyboardOnly({ page, given }) {
  const focused = () =>
    page.evaluate(() => {
      const { activeElement: element } = document
      return `${element?.getAttribute('aria-label') ?? ''}|${element?.textContent ?? ''}`
    })
  const tabTo = async (what, most = 80) => {
    for (let pressed = 0; pressed < most; pressed++) {
      if (what.test(await focused())) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Not reached by ${most} tabs: ${what}; at ${await focused()}`)
  }
  await page.goto(`${given.address}/jobs`)
  await row(page, 'run-000').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('metrics.loss > 116.5')
  await until('filtered', async () => (await names(page)).join() === 'run-117,run-118,run-119')
  // The list is one stop, and arrow keys lead through it.
  await tabTo(/\|run-117$/)
  await page.keyboard.press('ArrowDown')
  assert.match(await focused(), /\|run-118$/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'run-118' }).waitFor()
  await page.getByRole('tab', { name: 'Metrics' }).waitFor()
  await tabTo(/\|Overview$/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await drawn(page, 'loss')
  await tabTo(/^loss: /)
  await page.keyboard.press('+')
  await until('zoomed', async () => (await drawn(page, 'loss')).from === 0.25)
  assert.equal(new URL(page.url()).searchParams.get('zoom'), '0.25~0.75~loss')
  await page.keyboard.press('ArrowRight')
  await until('moved', async () => (await drawn(page, 'loss')).to === 0.875)
  await page.keyboard.press('0')
  await until('all is shown', async () => (await drawn(page, 'loss')).to === 1)
  assert.equal(new URL(page.url()).searchParams.has('zoom'), false)

  await page.keyboard.press('g')
  await page.keyboard.press('j')
  await row(page, 'run-000').waitFor()
  await tabTo(/^Check run-000\|/)
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  assert.match(await focused(), /^Check run-001\|/)
  await page.keyboard.press('Space')
  await page.getByText('2 checked').waitFor()
  // The palette knows what can be done with them.
  await page.keyboard.press('Control+k')
  await page.getByRole('option', { name: 'Compare 2 checked runs' }).waitFor()
  await page.keyboard.type('compare 2')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor()
  await drawn(page, 'loss')
}
