// Plots over the runs of a search.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { until } from './page.mjs'

const card = (page, title) => page.locator('.plot-card').filter({ has: page.getByText(title, { exact: true }) })
const url = (given, rest = '') => `${given.address}/compare?${given.runs.map((run) => `run=${run}`).join('&')}&tab=plots${rest}`
const asked = (page, key) => new URL(page.url()).searchParams.getAll(key)
const caption = (page, title) => card(page, title).locator('.chart-foot')
const more = async (page, title, item) => {
  await card(page, title).getByRole('button', { name: `More for ${title}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** A first visit shows plots that fit the runs; a brush, a mark and the hidden runs act on all of them, and stand in the link. */
export async function plots({ page, given }) {
  await page.goto(url(given))
  await caption(page, 'Parallel coordinates').getByText('6 runs; gaps at lr (1), loss (1); 1 without loss is grey').waitFor()
  await caption(page, 'loss by lr').getByText('4 of 6 runs; 1 has a loss that is NaN or infinite; 1 has no lr').waitFor()
  assert.equal(await card(page, 'loss').locator('rect[data-run]').count(), 5)
  assert.deepEqual(asked(page, 'plot'), [], 'what the board chose is not in the link')

  // The lower half of the rates, drawn with the pointer.
  const grip = await page.locator('[data-axis="params.lr"]').boundingBox()
  const [x, middle] = [grip.x + grip.width / 2, grip.y + grip.height / 2]
  await page.mouse.move(x, middle)
  await page.mouse.down()
  await page.mouse.move(x, grip.y + grip.height, { steps: 4 })
  await page.mouse.up()
  await page.getByText('3 of 6 runs').waitFor()
  assert.equal(await card(page, 'loss by lr').locator('circle[data-run]:not([data-state])').count(), 2)
  assert.match(asked(page, 'brush')[0], /^params\.lr\*in\*0?\.?[\de.-]+\*[\de.-]+$/)

  // The lines, which stand on a canvas, are saved as paths: what is brushed out is fainter.
  await page.mouse.move(5, 5)
  const [download] = await Promise.all([page.waitForEvent('download'), more(page, 'Parallel coordinates', 'Save as SVG')])
  const saved = readFileSync(await download.path(), 'utf8')
  assert.deepEqual([saved.match(/<path[^>]*stroke="#/g).length, saved.match(/<path[^>]*opacity="0.08"/g).length], [6, 3])

  // A point is named under the pointer in its own plot, and drawn forth in the others.
  const point = card(page, 'loss by lr').locator(`circle[data-run="${given.runs[1]}"]`)
  await point.hover()
  await page.locator('.plot-tip').getByText('adam-2').waitFor()
  assert.deepEqual(await page.locator('.plot-tip dd').allInnerTexts(), ['1.000e−4', '0.5000'])
  assert.equal(await page.locator('.plot-hot').count(), 3)
  await point.click()
  await until('the mark is in the link', () => asked(page, 'mark')[0] === given.runs[1])
  await page.mouse.move(5, 5)
  assert.equal(await page.locator('.plot-marked').count(), 3)

  // A line is found where it is drawn.
  const line = page.locator('.plot-marked path')
  const [left, top] = await line.evaluate((path) => {
    const { x, y } = path.getPointAtLength(path.getTotalLength() * 0.97).matrixTransform(path.getScreenCTM())
    return [x, y]
  })
  await page.mouse.move(left, top)
  await page.locator('.plot-tip').getByText('adam-2').waitFor()
  await page.mouse.move(5, 5)

  const other = await page.context().newPage()
  await other.goto(page.url())
  await other.getByText('3 of 6 runs').waitFor()
  await until('the mark is drawn', async () => (await other.locator('.plot-marked').count()) === 3)
  await other.close()

  await page.getByRole('button', { name: 'Keep only these runs' }).click()
  await caption(page, 'Parallel coordinates').getByText('3 runs; gaps at loss (1)').waitFor()
  assert.deepEqual([asked(page, 'hide').length, asked(page, 'brush')], [3, []])
  await page.getByRole('button', { name: 'Show adam-3' }).click()
  await caption(page, 'Parallel coordinates').getByText('4 runs').waitFor()
  await page.getByRole('button', { name: 'Open adam-2' }).click()
  await page.getByRole('heading', { name: 'adam-2' }).waitFor()
}

/** Plots are added, edited, copied, moved, shown as a table, saved and removed. */
export async function plotCards({ page, given }) {
  await page.goto(url(given, '&plot=scatter*1*Xparams.lr*ymetrics.loss*cparams.optimizer'))
  const add = async (kind) => {
    await page.getByRole('button', { name: 'Add a plot' }).click()
    await page.getByRole('menuitem', { name: kind, exact: true }).click()
  }
  await add('Box')
  await card(page, 'loss by optimizer').locator('.plot-drawing svg').waitFor()
  const editor = page.getByRole('complementary', { name: 'Edit plot' })
  await editor.getByRole('combobox', { name: 'By', exact: true }).click()
  await page.keyboard.type('see')
  await editor.getByRole('option', { name: 'seed' }).click()
  await editor.getByRole('textbox', { name: 'Title' }).fill('Boxes')
  await editor.getByLabel('Value: value').selectOption('min')
  await until('the box is in the link', () => asked(page, 'plot')[1] === 'box*2*ymin.loss*gparams.seed*tBoxes')
  await caption(page, 'Boxes').getByText('6 runs').waitFor()
  for (const kind of ['Histogram', 'Contour', 'Single value', 'Markdown', 'Differences']) await add(kind)
  await card(page, 'min loss').getByText('0.2000').waitFor()
  await card(page, 'Markdown').getByRole('heading', { name: 'Note' }).waitFor()
  await card(page, 'Differences').getByRole('rowheader', { name: 'lr' }).waitFor()
  await card(page, 'loss over lr and Duration (s)').getByText('A contour needs three runs at least, and several values on both axes.').waitFor()
  await editor.getByRole('button', { name: 'Close' }).click()

  const saved = async (title, item) => {
    const [download] = await Promise.all([page.waitForEvent('download'), more(page, title, item)])
    return [download.suggestedFilename(), readFileSync(await download.path())]
  }
  const [name, text] = await saved('loss by lr', 'Save as CSV')
  assert.equal(name, 'loss-by-lr.csv')
  assert.deepEqual(text.toString().split('\r\n').slice(0, 2), ['run_id,run,lr,loss,optimizer', `${given.runs[0]},adam-1,0.00001,0.9,adam`])
  const [, bars] = await saved('Boxes', 'Save as CSV')
  assert.ok(bars.toString().includes(`${given.runs[5]},'=sgd-3,`), 'a name became a formula')
  const [, svg] = await saved('loss by lr', 'Save as SVG')
  for (const part of ['loss by lr', '4 of 6 runs', 'optimizer', '<circle']) assert.ok(svg.includes(part), part)
  const [, png] = await saved('loss by lr', 'Save as PNG')
  assert.deepEqual([...png.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47])
  assert.ok(png.readUInt32BE(16) > 400)

  await more(page, 'Boxes', 'Duplicate')
  await until('a copy', () => asked(page, 'plot').filter((plot) => plot.includes('tBoxes')).length === 2)
  await more(page, 'loss by lr', 'Move on')
  await until('moved', () => asked(page, 'plot')[1].startsWith('scatter'))
  await more(page, 'loss by lr', 'Show as table')
  await card(page, 'loss by lr').getByRole('row', { name: 'adam-3' }).getByText('0.2000').waitFor()
  await more(page, 'loss by lr', 'Remove')
  await until('removed', () => !asked(page, 'plot').some((plot) => plot.startsWith('scatter')))
}

/** Everything can be done without a pointer, and readers of screens find what they need, in both themes. */
export async function plotKeyboard({ page, given }) {
  await page.goto(url(given))
  const stage = card(page, 'loss by lr').getByRole('application')
  await stage.focus()
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight')
  await page.locator('.plot-tip[role=status]').getByText('adam-3').waitFor()
  await page.keyboard.press('Space')
  await until('marked', () => asked(page, 'mark')[0] === given.runs[2])

  const axis = page.getByRole('group', { name: /^Axis optimizer/ })
  await axis.focus()
  await page.keyboard.press('ArrowDown')
  await page.getByText('optimizer: adam', { exact: true }).waitFor()
  await page.keyboard.press('ArrowUp')
  await page.getByText('optimizer: sgd', { exact: true }).waitFor()
  const axes = () => asked(page, 'plot')[0]?.match(/[aA](params|metrics)\.\w+/g)
  await page.keyboard.press('ArrowRight')
  await until('the axis moved', () => axes()?.indexOf('aparams.optimizer') === 1)
  assert.ok(await axis.evaluate((element) => element === document.activeElement), 'the moved axis keeps the focus')
  await page.keyboard.press('Delete')
  await until('the brush is cleared', () => asked(page, 'brush').length === 0)

  await card(page, 'loss').getByRole('button', { name: /^Size of loss/ }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await until('the card grew', () => asked(page, 'plot')[2] === 'bar*3*xmetrics.loss*w2*h2')
  const full = card(page, 'loss').getByRole('button', { name: 'loss in full screen' })
  await full.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'loss' }).waitFor()
  await page.keyboard.press('Escape')
  await until('the full screen is left', () => asked(page, 'full').length === 0)
}
