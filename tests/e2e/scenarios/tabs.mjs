// The tabs of a run's page beside its metrics and outputs.
import assert from 'node:assert/strict'
import { until } from './page.mjs'

const KEY = 'val/samples 1.a'
const card = (page) => page.locator(`figure[data-key="${KEY}"]`)
const slider = (place) => place.getByRole('slider')
const stepOf = (place) => slider(place).getAttribute('aria-valuetext')
/** The name of the file that is drawn, once it is. */
const shown = (place) =>
  place.locator('img').evaluate((image) => (image.complete && image.naturalWidth > 0 ? new URL(image.src).searchParams.get('path') : ''))

/** What the stock client logs is seen step by step, live, and fills the screen. */
export async function images({ page, given, ask }) {
  await page.goto(`${given.address}/jobs/${given.run}/images`)
  const found = card(page)
  await until('the newest step', async () => (await stepOf(found)) === 'step 4')
  await until('drawn small', async () => /step\+4\+.*compressed\.webp$/.test(await shown(found)))

  // The keyboard moves the slider; the address follows.
  await slider(found).focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await until('step 2 is drawn', async () => /step\+2\+/.test(await shown(found)))
  await until('in the address', async () => new URL(page.url()).searchParams.get('at') === `2~${KEY}`)

  // A new step moves only a slider that stands at the end.
  await ask('log')
  await until('one more step', async () => (await slider(found).getAttribute('max')) === '5')
  assert.equal(await stepOf(found), 'step 2')
  await found.getByRole('button', { name: 'Play' }).click()
  await until('played to the end', async () => (await stepOf(found)) === 'step 5')
  await found.getByRole('button', { name: 'Play' }).waitFor()
  await ask('log')
  await until('follows', async () => (await stepOf(found)) === 'step 6')

  // The original over the whole page.
  await found.getByRole('button', { name: 'Full screen' }).click()
  const full = page.getByRole('dialog')
  await until('the original', async () => /step\+6\+.*\.png$/.test(await shown(full)))
  await full.getByText('16 × 12').waitFor()
  await full.getByRole('link', { name: 'Download' }).focus()
  await page.keyboard.press('ArrowLeft')
  await until('one back', async () => (await stepOf(full)) === 'step 5')
  await until('in the address', async () => new URL(page.url()).searchParams.get('at') === `5~${KEY}`)
  await page.keyboard.press('Escape')
  await until('closed', async () => (await full.count()) === 0)
  assert.equal(await stepOf(found), 'step 5')

  // Every step beside the others, plain pictures, and the table.
  await page.getByRole('checkbox', { name: 'Grid' }).check()
  await until('all steps', async () => (await page.locator('.shots .image-tile').count()) === 7)
  await page.locator('.image-tile', { hasText: 'black.png' }).click()
  await until('the figure', async () => (await shown(page.getByRole('dialog'))) === 'plots/black.png')
  await page.keyboard.press('ArrowRight')
  await until('the next figure', async () => (await shown(page.getByRole('dialog'))) === 'plots/line.png')
  await page.goBack()
  const table = page.getByRole('table', { name: 'eval/results.json' })
  await page.getByRole('searchbox', { name: 'Find by name' }).fill('results')
  await table.getByRole('row').filter({ hasText: 'q1' }).first().waitFor()
  assert.ok((await table.getByRole('row').count()) < 60, 'only rows in sight are drawn')
  await page.getByRole('searchbox', { name: 'Find in eval/results.json' }).fill('q299')
  await until('one row', async () => (await table.getByRole('row').allInnerTexts()).join('|') === 'question\nscore|q299\n299')
}

/** Runs that log at other steps stand side by side at one step. */
export async function compareImages({ page, given }) {
  const [first, second] = given.runs
  await page.goto(`${given.address}/compare?run=${first}&run=${second}&tab=images`)
  const cells = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: KEY }) }).getByRole('cell')
  await until('both at the end', async () => /step\+4\+/.test(await shown(cells.nth(0))) && /step\+3\+/.test(await shown(cells.nth(1))))
  assert.deepEqual(await cells.allInnerTexts(), ['', 'step 3, the nearest earlier'])
  const all = page.getByRole('slider', { name: 'Step of all runs' })
  await all.focus()
  await page.keyboard.press('ArrowLeft')
  await until('the same step', async () => (await cells.allInnerTexts()).join('') === '')
  assert.match(await shown(cells.nth(0)), /step\+3\+/)
  await until('in the address', async () => new URL(page.url()).searchParams.get('step') === '3')

  await page.reload()
  await until('the link opens the same', async () => /step\+3\+/.test(await shown(cells.nth(1))))
  await cells.nth(1).getByRole('button').click()
  const full = page.getByRole('dialog', { name: `images-3 · ${KEY}` })
  await page.keyboard.press('ArrowLeft')
  await until('the step before of that run', async () => /step\+0\+.*\.png$/.test(await shown(full)))
  await page.keyboard.press('Escape')
  await until('all runs follow', async () => /step\+0\+/.test(await shown(cells.nth(0))))
}
