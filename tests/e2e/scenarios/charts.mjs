// Charts of metrics.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { chart, drawn, isMarked, mark, row, until } from './page.mjs'

/** Charts of a run that is being logged grow without a reload, and a zoom stays where it is. */
export async function live({ page, given, ask }) {
  await page.goto(`${given.address}/jobs/${given.run}/metrics`)
  await mark(page)
  const before = (await drawn(page, 'loss')).points
  await until('the chart grows', async () => (await drawn(page, 'loss')).points > before + 5)
  const caption = await chart(page, 'loss').locator('.chart-foot').innerText()
  assert.match(caption, /^all [\d,]+ points$/)
  const listed = page.locator('.metric-row').filter({ hasText: 'loss' }).locator('span').last()
  const value = await listed.innerText()
  await until('the latest value changes', async () => (await listed.innerText()) !== value)

  const box = await chart(page, 'loss').locator('.u-over').boundingBox()
  await page.mouse.move(box.x + box.width * 0.1, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.3, box.y + 60, { steps: 4 })
  await page.mouse.up()
  await until('zoomed', () => new URL(page.url()).searchParams.has('zoom'))
  const zoomed = await drawn(page, 'loss')
  assert.ok(zoomed.from > 0)
  const others = (await drawn(page, 'accuracy')).points
  await until('the other chart grows on', async () => (await drawn(page, 'accuracy')).points > others + 5)
  const after = await drawn(page, 'loss')
  assert.deepEqual([after.from, after.to], [zoomed.from, zoomed.to], 'new data moved the zoom')

  // Told by a second page of the same browser: the list follows, too.
  const second = await page.context().newPage()
  await second.goto(`${given.address}/jobs`)
  await row(second, 'live-run').getByText('Running').waitFor()
  await mark(second)
  await ask('finish')
  await row(second, 'live-run').getByText('Completed').waitFor()
  await page.locator('.topbar').getByText('Completed').waitFor()
  assert.ok((await isMarked(page)) && (await isMarked(second)))

  await page.getByRole('button', { name: 'Reset zoom' }).click()
  await until('all is shown again', async () => {
    const [loss, accuracy] = [await drawn(page, 'loss'), await drawn(page, 'accuracy')]
    return loss.from === 0 && loss.points === accuracy.points && loss.to === accuracy.to
  })
}

/** A server that goes away is told by a bar, and what was missed is fetched when it is back. */
export async function restart({ page, given, ask }) {
  await page.goto(`${given.address}/jobs/${given.run}/metrics`)
  const before = (await drawn(page, 'loss')).points
  await mark(page)
  const place = await chart(page, 'loss').boundingBox()
  await ask('stop')
  await page.getByText('No connection to the server').waitFor()
  assert.deepEqual(await chart(page, 'loss').boundingBox(), place, 'the bar moved the page')
  // It has a place of its own, below what it tells of.
  const [bar, shown] = [await page.locator('.connection').boundingBox(), await page.locator('.page').boundingBox()]
  assert.equal(bar.y, shown.y + shown.height, 'the bar covers the page')
  assert.equal(bar.y + bar.height, page.viewportSize().height)
  await ask('start')
  await page.getByText('Connected again').waitFor()
  await until('what was missed is shown', async () => (await drawn(page, 'loss')).points === before + 1)
  await until('the bar goes', async () => (await page.locator('.connection').count()) === 0)
  assert.ok(await isMarked(page))
}

/** Ten thousand metrics, names of 250 characters, one point, nothing but NaN. */
export async function extremes({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.many}/metrics`)
  // One point has no curve.
  await chart(page, 'metric-00000').locator('.chart-single').waitFor()
  assert.ok((await page.locator('figure').count()) < 30, 'charts out of sight are drawn')
  assert.ok((await page.locator('.metric-row').count()) < 80, 'names out of sight are drawn')
  await page.getByRole('searchbox').fill('09999$')
  await chart(page, 'metric-09999').locator('.chart-single').waitFor()

  await page.goto(`${given.address}/jobs/${given.odd}/metrics`)
  await chart(page, 'nothing').getByText('All 3 values are NaN or infinite').waitFor()
  await chart(page, 'one').locator('.chart-single').waitFor()
  await chart(page, 'one').getByText('all 1 point').waitFor()
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  for (const path of [`/jobs/${given.odd}/metrics`, `/jobs/${given.odd}`, '/jobs', '/experiments']) {
    await page.goto(given.address + path)
    await page.locator('.live').getByText('Live').waitFor()
    assert.ok((await overflow()) <= 0, `${path} is wider than the window`)
  }
}

/** All metrics of a run on one chart. */
export async function together({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.run}/metrics`)
  await drawn(page, 'loss')
  await page.getByRole('checkbox', { name: 'One chart' }).check()
  await page.getByText('2 curves · all 8 points').waitFor()
  assert.equal(await page.locator('figure').count(), 1)
  await page.getByRole('checkbox', { name: 'Log y' }).check()
  await page.getByRole('checkbox', { name: 'One chart' }).uncheck()
  await drawn(page, 'accuracy')
  assert.equal(await page.locator('figure').count(), 2)
}

/** A chart is saved as a picture and as a table; kinds of smoothing stand in the link. */
export async function save({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.run}/metrics?smooth=mean~3`)
  await drawn(page, 'loss')
  assert.equal(await page.getByRole('combobox', { name: 'Smoothing' }).inputValue(), 'mean')
  const saved = async (item) => {
    await chart(page, 'loss').getByRole('button', { name: 'More for loss' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()])
    return [download.suggestedFilename(), readFileSync(await download.path())]
  }
  const [table, text] = await saved('Save as CSV')
  assert.equal(table, 'loss.csv')
  const rows = text.toString().trim().split('\r\n')
  assert.equal(rows[0], 'run_id,run,metric,step,value,min,max,smoothed')
  assert.deepEqual(rows.slice(1).map((each) => each.split(',').slice(1, 5)), [
    ['finished-run', 'loss', '0', '1'], ['finished-run', 'loss', '1', '0.5'], ['finished-run', 'loss', '2', '0.25'], ['finished-run', 'loss', '3', '0.2'],
  ])
  assert.ok(Math.abs(Number(rows[2].split(',')[7]) - (1 + 0.5 + 0.25) / 3) < 1e-12)
  const [picture, bytes] = await saved('Save as PNG')
  assert.equal(picture, 'loss.png')
  assert.deepEqual([...bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47])
  assert.ok(bytes.readUInt32BE(16) > 400 && bytes.readUInt32BE(20) > 200)

  await page.getByRole('combobox', { name: 'Smoothing' }).selectOption('gaussian')
  await page.locator('.smoothing').fill('2')
  await until('the link has it', async () => new URL(page.url()).searchParams.get('smooth') === 'gaussian~2')
}
