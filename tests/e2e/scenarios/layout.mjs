// How charts are drawn and where they stand.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { chart, drawn, until } from './page.mjs'

const order = (page) => page.locator('figure').evaluateAll((all) => all
  .map((each) => [each.getBoundingClientRect().top, each.getBoundingClientRect().left, each.dataset.metric])
  .sort(([top, left], [otherTop, otherLeft]) => top - otherTop || left - otherLeft).map(([, , name]) => name))
const shown = (page, metric) => chart(page, metric).locator('.uplot[data-drawn]').evaluate(({ dataset }) => ({ ...dataset }))
const menu = async (page, title, item) => {
  await chart(page, title).getByRole('button', { name: /^More for/ }).click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

/** Charts are moved, resized, hidden, named and shown over the whole page, and a link holds all that. */
export async function layout({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.run}/metrics`)
  await drawn(page, 'train/loss')
  assert.deepEqual(await order(page), ['lr', 'train/acc', 'train/loss'])
  await page.getByRole('button', { name: 'train', exact: true }).last().waitFor()

  // By its title before another one, and by the menu.
  const to = await chart(page, 'train/acc').boundingBox()
  const title = chart(page, 'train/loss').locator('.chart-title')
  await title.hover()
  await page.mouse.down()
  await page.mouse.move(to.x + to.width * 0.6, to.y + 60, { steps: 4 })
  await page.mouse.move(to.x + to.width * 0.2, to.y + 60, { steps: 4 })
  await page.locator('.drop-before').waitFor()
  await page.mouse.up()
  await until('moved', async () => (await order(page)).join() === 'lr,train/loss,train/acc')
  await menu(page, 'train/loss', 'Move on')
  await until('moved back', async () => (await order(page)).join() === 'lr,train/acc,train/loss')

  const before = await chart(page, 'lr').boundingBox()
  await chart(page, 'lr').hover()
  await page.mouse.move(before.x + before.width - 4, before.y + before.height - 4)
  await page.mouse.down()
  await page.mouse.move(before.x + before.width + 250, before.y + before.height + 96, { steps: 4 })
  await page.mouse.up()
  await until('resized', async () => (await chart(page, 'lr').boundingBox()).height === before.height + 96)
  assert.ok((await chart(page, 'lr').boundingBox()).width > before.width * 1.8)

  await menu(page, 'train/acc', 'Hide')
  await until('hidden', async () => (await order(page)).join() === 'lr,train/loss')
  await menu(page, 'train/loss', 'Edit…')
  await page.getByRole('textbox', { name: 'Title' }).fill('The loss')
  await page.getByRole('textbox', { name: 'y axis from' }).fill('2')
  await page.getByRole('textbox', { name: 'y axis to' }).fill('1')
  await page.getByText('The first must be less than the second.').waitFor()
  await page.getByRole('textbox', { name: 'y axis to' }).fill('3')
  await page.getByRole('button', { name: 'Save' }).click()
  await chart(page, 'train/loss').getByText('The loss').waitFor()
  await until('the bounds hold', async () => (await shown(page, 'train/loss')).low === '2' && (await shown(page, 'train/loss')).high === '3')

  const other = await page.context().newPage()
  await other.goto(page.url())
  await chart(other, 'train/loss').getByText('The loss').waitFor()
  assert.deepEqual(await order(other), ['lr', 'train/loss'])
  assert.equal((await shown(other, 'train/loss')).high, '3')
  assert.equal((await chart(other, 'lr').boundingBox()).height, before.height + 96)
  await other.getByRole('button', { name: 'Show 1 hidden chart' }).click()
  await drawn(other, 'train/acc')
  await other.close()

  // A zoom, also one by a box, leaves what was typed for when it is taken back.
  const plot = await chart(page, 'train/loss').locator('.u-over').boundingBox()
  await page.mouse.move(plot.x + 40, plot.y + 20)
  await page.mouse.down()
  await page.mouse.move(plot.x + 160, plot.y + 90, { steps: 4 })
  await page.mouse.up()
  await until('zoomed to a box', async () => Number((await shown(page, 'train/loss')).low) > 2 && Number((await shown(page, 'train/loss')).high) < 3)
  await page.mouse.dblclick(plot.x + 60, plot.y + 40)
  await until('the typed bounds again', async () => {
    const { low, high, from } = await shown(page, 'train/loss')
    return low === '2' && high === '3' && from === '0'
  })
  await menu(page, 'train/loss', 'Reset ranges')
  await until('all values', async () => Number((await shown(page, 'train/loss')).low) < 1)

  await menu(page, 'lr', 'Full screen')
  const dialog = page.getByRole('dialog')
  await until('it fills the page', async () => (await dialog.locator('figure').boundingBox())?.width > 1200)
  assert.equal(new URL(page.url()).searchParams.get('full'), 'lr')
  await page.keyboard.press('Escape')
  await until('it is left', async () => (await dialog.count()) === 0)

  // Closed, and named by people.
  await page.getByRole('button', { name: 'Rename the section train' }).click()
  await page.getByRole('textbox', { name: 'Name of the section' }).fill('Training')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Training', exact: true }).click()
  await until('closed', async () => (await order(page)).join() === 'lr')
}

/** Axes: another metric, logarithms, two of them; outliers; marks; a chart of several metrics; a drawing of it. */
export async function axes({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.run}/metrics?m=train/loss`)
  await chart(page, 'train/loss').getByText('2 NaN or infinite').waitFor()
  // 5 is far from the rest.
  assert.ok(Number((await shown(page, 'train/loss')).high) > 5)
  await page.getByRole('button', { name: 'More settings of all charts' }).click()
  await page.getByRole('checkbox', { name: 'Ignore outliers' }).check()
  await until('the outlier is out', async () => Number((await shown(page, 'train/loss')).high) < 2)
  await page.getByRole('checkbox', { name: 'Log x' }).check()
  await until('logarithmic', async () => (await shown(page, 'train/loss')).from === '1')
  await page.keyboard.press('Escape')
  // Keys and the hand move by equal parts of what is seen.
  const middle = async () => {
    const { from, to } = await shown(page, 'train/loss')
    return [Math.sqrt(from * to), to / from]
  }
  await chart(page, 'train/loss').locator('.chart-plot').focus()
  await page.keyboard.press('+')
  await until('closer', async () => Math.abs((await middle())[1] - Math.sqrt(39)) < 1e-6)
  const [at, ratio] = await middle()
  assert.ok(Math.abs(at - Math.sqrt(39)) < 1e-6, 'the middle stays where it is')
  const hand = await chart(page, 'train/loss').locator('.u-over').boundingBox()
  await page.keyboard.down('Shift')
  await page.mouse.move(hand.x + hand.width * 0.25, hand.y + 50)
  await page.mouse.down()
  await page.mouse.move(hand.x + hand.width * 0.75, hand.y + 50, { steps: 3 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await until('moved by half of what is seen', async () => Math.abs((await middle())[0] / (at / Math.sqrt(ratio)) - 1) < 0.01)
  assert.ok(Math.abs((await middle())[1] - ratio) < 1e-6, 'as much is seen as before')
  await page.keyboard.press('0')
  await until('all again', async () => (await shown(page, 'train/loss')).to === '39')

  // The last place is a NaN, which the cursor reads.
  const plot = await chart(page, 'train/loss').locator('.u-over').boundingBox()
  await page.mouse.move(plot.x + plot.width - 1, plot.y + 50)
  await until('NaN is read', async () => (await chart(page, 'train/loss').locator('.chart-reading').innerText()) === 'NaN · step 39')

  await page.getByRole('combobox', { name: 'x axis' }).selectOption('choose')
  await page.getByRole('dialog').getByText('train/acc').click()
  await page.getByRole('button', { name: 'Choose' }).click()
  await until('over another metric', async () => Math.abs(Number((await shown(page, 'train/loss')).to) - 0.95) < 1e-9)
  await page.getByRole('combobox', { name: 'x axis' }).selectOption('process')
  // The pause counts nothing, so the points around it stand on one place.
  await until('ten minutes of pause are cut out', async () => (await shown(page, 'train/loss')).to === '38')

  await page.getByRole('button', { name: 'Chart', exact: true }).click()
  for (const name of ['lr', 'train/acc']) await page.getByRole('dialog').getByText(name, { exact: true }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await chart(page, '+1').getByText('2 curves').waitFor()
  await menu(page, '+1', 'Edit…')
  await page.getByRole('dialog').getByRole('checkbox', { name: 'lr' }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await until('a second axis', async () => Number((await shown(page, '+1')).highRight) < 0.2 && Number((await shown(page, '+1')).high) > 0.9)
  const [download] = await Promise.all([page.waitForEvent('download'), menu(page, '+1', 'Save as SVG')])
  const drawing = readFileSync(await download.path()).toString()
  assert.match(drawing, /<path d="M[\d.,L]+"[^>]*stroke-dasharray/)
  const broken = await page.evaluate((text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror')?.textContent, drawing)
  assert.equal(broken, undefined)

  // By keys.
  const wide = await shown(page, '+1')
  await chart(page, '+1').locator('.chart-plot').focus()
  await page.keyboard.press('+')
  await until('closer', async () => Number((await shown(page, '+1')).to) < Number(wide.to))
  await page.keyboard.press('0')
  await until('all again', async () => (await shown(page, '+1')).to === wide.to)
}

/** The mean of a group is that of its runs, whatever other groups are shown. */
export async function runGroups({ page, given }) {
  const runs = given.runs.map((run) => `run=${run}`).join('&')
  await page.goto(`${given.address}/compare?${runs}`)
  await drawn(page, 'loss')
  await page.getByRole('combobox', { name: 'Group by' }).selectOption({ label: 'optimizer' })
  await chart(page, 'loss').getByText('2 groups · mean and standard deviation of 12 points').waitFor()
  const read = async () => {
    const plot = await chart(page, 'loss').locator('.u-over').boundingBox()
    await page.mouse.move(plot.x + 10, plot.y + 10)
    await page.mouse.move(plot.x + plot.width - 2, plot.y + plot.height / 2, { steps: 3 })
    const rows = await chart(page, 'loss').locator('.chart-values > div').allInnerTexts()
    return rows.map((row) => row.split('\n'))
  }
  // adam: 1 and 3; sgd: 10 and 20.
  await until('means', async () => {
    const found = await read()
    return found[1]?.slice(0, 2).join() === 'optimizer = sgd (2 runs) · N=2,15' && found[2]?.slice(0, 2).join() === 'optimizer = adam (2 runs) · N=2,2'
  })
  for (const name of ['sgd-1', 'sgd-2']) await page.getByRole('button', { name: `Show ${name}` }).click()
  await chart(page, 'loss').getByText('1 group ·').waitFor()
  await page.getByRole('combobox', { name: 'Band of a group' }).selectOption('minmax')
  await until('the extremes', async () => Number((await shown(page, 'loss')).high) < 6)
  const reading = chart(page, 'loss').locator('.chart-reading')
  await until('the same mean alone', async () => {
    const plot = await chart(page, 'loss').locator('.u-over').boundingBox()
    await page.mouse.move(plot.x + plot.width - 2, plot.y + plot.height / 3)
    return (await reading.innerText()) === '2 (1 to 3) · step 2'
  })
}
