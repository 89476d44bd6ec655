// Charts beside the list of jobs.
import assert from 'node:assert/strict'
import { chart, drawn, row, until } from './page.mjs'

/** Curves follow what the list checks, hides and groups; the link holds all of it. */
export async function beside({ page, given, ask }) {
  const caption = (text) => chart(page, 'loss').locator('.chart-foot').getByText(text).waitFor()
  const listWidth = async () => Math.round((await page.locator('.beside-list').boundingBox()).width)
  const query = () => new URL(page.url()).searchParams

  await page.goto(`${given.address}/jobs`)
  await page.getByRole('button', { name: 'Charts' }).click()
  await page.getByText('The first 20 runs; check others to draw them').waitFor()
  await caption('20 curves')
  await row(page, 'run-00').getByRole('checkbox').check()
  await row(page, 'run-01').getByRole('checkbox').check()
  await page.getByText('2 checked runs').waitFor()
  await caption('2 curves')
  assert.equal(await page.locator('.curve-mark').count(), 2, 'rows without a curve have no mark')
  const mark = await row(page, 'run-01').locator('.curve-mark').boundingBox()
  const whole = await row(page, 'run-01').boundingBox()
  assert.ok(mark.y >= whole.y && mark.y + mark.height <= whole.y + whole.height, 'a mark stands within its row')

  await row(page, 'run-01').getByRole('button', { name: 'Show run-01' }).click()
  await caption('all 3 points')
  await page.getByLabel('Log y').check()
  await until('the charts’ settings are in the link', () => query().get('charts') === 'log=1')
  await page.reload()
  await caption('all 3 points')
  assert.ok(await row(page, 'run-00').getByRole('checkbox').isChecked(), 'the link says what is checked')
  assert.ok(await page.getByLabel('Log y').isChecked())
  assert.equal(await row(page, 'run-01').getByRole('button', { name: 'Show run-01' }).getAttribute('aria-pressed'), 'false')
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByRole('heading', { name: 'All runs are hidden' }).or(chart(page, 'loss').getByText('2 curves')).first().waitFor()

  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByText('The first 20 runs').waitFor()
  await page.getByPlaceholder('Find metrics').fill('acc')
  await drawn(page, 'acc')
  await until('others are left out', async () => (await chart(page, 'loss').count()) === 0)
  await page.getByPlaceholder('Find metrics').fill('')

  const line = page.getByRole('separator', { name: 'Width of the list' })
  const before = await listWidth()
  await line.focus()
  await page.keyboard.press('ArrowLeft')
  await until('the list is narrower', async () => (await listWidth()) < before)
  const { x, y } = await line.boundingBox()
  await page.mouse.move(x, y + 200)
  await page.mouse.down()
  await page.mouse.move(x - 100, y + 200, { steps: 3 })
  await page.mouse.up()
  await until('the link holds the width', () => Number(query().get('split')) < 0.45)
  assert.ok(Math.abs((await listWidth()) - (x - 100 - (await page.locator('.beside').boundingBox()).x)) < 3)

  // What begins is drawn, too.
  await ask('begin')
  await row(page, 'newest').getByRole('button', { name: 'Show newest' }).waitFor()

  await page.goto(`${given.address}/jobs?group=params.lr&charts=`)
  await caption('3 groups · mean and standard deviation')
  const swatch = await page.locator('.curve-mark .swatch').first().boundingBox()
  assert.ok(swatch.width === 10 && swatch.height === 10, 'the colour of a group is seen')
  await page.getByRole('button', { name: 'Show lr: 0.1' }).click()
  await caption('2 groups')
  await page.getByLabel('Band of a group').selectOption('minmax')
  await caption('mean and min to max')
  await page.getByRole('button', { name: 'Close the charts' }).click()
  await until('the list is alone', async () => (await page.locator('.beside').count()) === 0)
  assert.deepEqual([...query().keys()], ['group'])
}
