// Runs side by side.
import assert from 'node:assert/strict'
import { chart, drawn, row, until } from './page.mjs'

/** Runs are checked in the list, and their curves and configuration stand side by side. */
export async function compare({ page, given }) {
  await page.goto(`${given.address}/jobs`)
  const box = (name) => row(page, name).getByRole('checkbox')
  await box('run-000').check()
  const button = page.getByRole('button', { name: 'Compare' })
  assert.equal(await button.getAttribute('aria-disabled'), 'true')
  await box('run-002').click({ modifiers: ['Shift'] })
  await page.getByText('3 checked').waitFor()
  assert.ok(await box('run-001').isChecked())
  await button.click()

  await page.getByRole('heading', { name: 'Compare 3 runs' }).waitFor()
  await chart(page, 'loss').getByText('3 curves · all 6 points').waitFor()
  assert.equal((await drawn(page, 'loss')).points, 2)
  const colors = await page.locator('.compare-runs .swatch').evaluateAll((all) => all.map((each) => each.style.background))
  assert.equal(new Set(colors).size, 3)

  // The values at the cursor, the largest first.
  const plot = await chart(page, 'loss').locator('.u-over').boundingBox()
  await page.mouse.move(plot.x + plot.width - 2, plot.y + plot.height / 2)
  const values = chart(page, 'loss').locator('.chart-values > div')
  await until('values at the cursor', async () => (await values.allInnerTexts()).length === 4)
  assert.deepEqual((await values.allInnerTexts()).slice(1).map((text) => text.split('\n').slice(0, 2)), [['run-002', '2'], ['run-001', '1'], ['run-000', '0']])

  // A colour that somebody chose is the run's, on every page and for everybody.
  await page.getByRole('button', { name: 'Colour of run-001' }).click()
  await page.getByRole('textbox', { name: 'Colour as hex or RGB' }).fill('255, 0, 170')
  await page.getByRole('button', { name: 'Use' }).click()
  const swatch = page.locator('.compare-runs li').nth(1).locator('.swatch')
  await until('its colour', async () => (await swatch.evaluate((each) => getComputedStyle(each).backgroundColor)) === 'rgb(255, 0, 170)')

  await page.getByRole('button', { name: 'Show run-001' }).click()
  await chart(page, 'loss').getByText('2 curves · all 4 points').waitFor()

  await page.getByRole('tab', { name: 'Parameters + metrics' }).click()
  const cells = (name) => row(page, name).getByRole('cell').allInnerTexts()
  await row(page, 'loss').waitFor()
  assert.deepEqual(await cells('lr'), ['0.000', '0.001', '0.002'])
  await page.getByRole('button', { name: 'baseline' }).nth(1).click()
  const words = (text) => text?.replace(/\s+/g, ' ')
  await until('deltas', async () => words((await cells('loss'))[2]) === '2 ↑ +1 (+100 %) worse')
  await row(page, 'seed').waitFor()
  await page.getByRole('checkbox', { name: 'Differences only' }).check()
  await until('equal rows are left out', async () => (await row(page, 'seed').count()) === 0)

  // All of that is in the link, and opens so in another page.
  const other = await page.context().newPage()
  await other.goto(page.url())
  await until('the link opens the same', async () => words((await row(other, 'loss').getByRole('cell').allInnerTexts())[2]) === '2 ↑ +1 (+100 %) worse')
  await other.getByRole('tab', { name: 'Charts' }).click()
  await chart(other, 'loss').getByText('2 curves · all 4 points').waitFor()
  await other.close()
}
