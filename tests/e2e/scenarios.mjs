// What a person does in the studio, and what must be seen then.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'

const row = (page, name) => page.getByRole('row').filter({ hasText: name })
const chart = (page, metric) => page.locator(`figure[data-metric="${metric}"]`)

/** How much a chart draws and over which range, as it says itself after each drawing. */
async function drawn(page, metric) {
  const plot = chart(page, metric).locator('.uplot[data-drawn]')
  await plot.waitFor()
  return plot.evaluate(({ dataset }) => ({
    points: Number(dataset.drawn), from: Number(dataset.from), to: Number(dataset.to),
  }))
}

async function until(what, test, milliseconds = 20_000) {
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
const mark = (page) => page.evaluate(() => void (window.marked = true))
const isMarked = (page) => page.evaluate(() => window.marked === true)

export async function firstStart({ page, given, ask }) {
  await page.goto(given.address)
  await page.getByRole('heading', { name: 'Log a first run' }).waitFor()
  const code = await page.locator('.code').innerText()
  assert.match(code, /import mlflow/)
  assert.ok(code.includes(`mlflow.set_tracking_uri("${given.address}")`), code)
  await mark(page)
  await ask('log')
  await row(page, 'first-run').waitFor()
  assert.ok(await isMarked(page))
}

export async function list({ page, given }) {
  await page.goto(`${given.address}/jobs`)
  await row(page, 'run-000').waitFor()
  // The commonest metrics are columns by themselves.
  await page.getByRole('columnheader', { name: 'loss' }).waitFor()
  const names = async () => page.locator('.jobs-body .jobs-name').allInnerTexts()

  await page.getByRole('button', { name: 'loss' }).click()
  await until('sorted by loss, largest first', async () => (await names())[0] === 'run-119')
  assert.equal(new URL(page.url()).searchParams.get('sort'), '-metrics.loss')
  await page.getByRole('button', { name: 'loss' }).click()
  await until('sorted by loss, least first', async () => (await names())[0] === 'run-000')

  const search = page.getByRole('searchbox')
  await search.fill('metrics.loss > 116.5')
  await until('filtered', async () => (await names()).join() === 'run-117,run-118,run-119')
  await search.fill('RUN-11')
  await until('searched', async () => (await names()).length === 10)
  await search.fill('nothing like this')
  await page.getByRole('heading', { name: 'No run matches' }).waitFor()
  await search.fill('metrics.loss > > 3')
  await page.getByRole('alert').getByText('Expected a number').waitFor()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await row(page, 'run-000').waitFor()

  // All pages come as one scrolls.
  await until('scrolled to the end', async () => {
    await page.locator('.jobs-scroll').evaluate((element) => element.scrollTo(0, element.scrollHeight))
    return (await names()).at(-1) === 'run-119'
  })
  assert.equal(await page.locator('.jobs-foot').innerText(), '120 runs')
  assert.ok((await names()).length < 80, 'only rows in sight are drawn')
}

export async function columns({ page, given }) {
  await page.goto(`${given.address}/jobs`)
  await row(page, 'run-000').waitFor()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('dialog').getByRole('searchbox').fill('lr')
  await page.getByRole('dialog').getByRole('checkbox', { name: 'lr' }).check()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByRole('columnheader', { name: 'lr' }).waitFor()
  await row(page, 'run-003').getByText('0.003').waitFor()
  assert.deepEqual(new URL(page.url()).searchParams.getAll('col'), ['metrics.loss', 'params.lr'])

  await page.getByRole('button', { name: 'All experiments' }).click()
  await page.getByRole('dialog').getByRole('checkbox', { name: 'Default' }).check()
  await page.keyboard.press('Escape')
  assert.equal(new URL(page.url()).searchParams.get('experiment'), '0')
  await page.getByRole('heading', { name: 'No runs in Default yet' }).waitFor()
  await page.goBack()
  await row(page, 'run-003').waitFor()
}

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

export async function outputs({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.run}/outputs`)
  await page.getByRole('treeitem', { name: 'notes.txt' }).click()
  await page.getByText('line 1: größe').waitFor()
  assert.equal(new URL(page.url()).searchParams.get('path'), 'notes.txt')

  await page.getByRole('treeitem', { name: 'plots' }).click()
  await page.getByRole('treeitem', { name: 'picture.png' }).click()
  const image = page.locator('.image-view img')
  await until('the image is drawn', () => image.evaluate(({ naturalWidth }) => naturalWidth === 3))
  await page.getByText('3 × 2').waitFor()

  // A direct link opens the folders above the file.
  await page.goto(`${given.address}/jobs/${given.run}/outputs?path=deep%2Fer%2Fweights.bin`)
  await page.getByRole('treeitem', { name: 'weights.bin' }).waitFor()
  await page.getByText('No preview for this kind of file').waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.preview').getByText('Download', { exact: true }).click(),
  ])
  assert.equal(download.suggestedFilename(), 'weights.bin')
  assert.deepEqual(readFileSync(await download.path()), Buffer.from(given.weights, 'base64'))

  // One folder, and everything.
  const [folder] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download deep as a zip' }).click({ force: true }),
  ])
  assert.equal(folder.suggestedFilename(), 'deep.zip')
  const [all] = await Promise.all([
    page.waitForEvent('download'),
    page.getByText('Download all', { exact: true }).click(),
  ])
  assert.equal(all.suggestedFilename(), 'finished-run.zip')
  await all.saveAs(given.all)
  await folder.saveAs(given.folder)
}

/** Everything that can be seen can be linked, and the back button goes back. */
export async function links({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.run}/metrics?m=loss&smooth=0.6&log=1&x=relative&zoom=1~3~loss`)
  const { from, to } = await drawn(page, 'loss')
  assert.deepEqual([from, to], [1, 3])
  assert.equal(await page.locator('figure').count(), 1)
  assert.equal(await page.locator('.smoothing-value').innerText(), '0.60')
  assert.ok(await page.getByRole('checkbox', { name: 'Log y' }).isChecked())
  assert.equal(await page.getByRole('combobox', { name: 'x axis' }).inputValue(), 'relative')

  await page.getByRole('tab', { name: 'Overview' }).click()
  await page.getByText('batch_size').waitFor()
  assert.equal(new URL(page.url()).pathname, `/jobs/${given.run}`)
  await page.goBack()
  await drawn(page, 'loss')
  assert.equal(new URL(page.url()).searchParams.get('smooth'), '0.6')
  await page.locator('.topbar').getByRole('link', { name: 'Jobs' }).click()
  await row(page, 'finished-run').waitFor()
}

export async function overview({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.run}`)
  await page.getByText('batch_size').waitFor()
  await page.getByRole('searchbox').fill('batch')
  await until('searched', async () => (await page.getByText('param_1').count()) === 0)
  await page.getByText('A note about the run.').waitFor()
  await page.getByText('vision').waitFor()
  assert.equal(await page.title(), 'finished-run · Runyard')
}

export async function dark({ page, given }) {
  const ground = () => page.locator('.frame').evaluate((element) => getComputedStyle(element).backgroundColor)
  const light = ([red]) => Number(red) > 200
  const channels = async () => (await ground()).match(/\d+/g)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(`${given.address}/jobs/${given.run}/metrics`)
  await drawn(page, 'loss')
  assert.ok(light(await channels()))
  await mark(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await until('dark', async () => !light(await channels()))
  await drawn(page, 'loss')
  assert.ok(await isMarked(page))
}

export async function unknown({ page, given }) {
  await page.goto(`${given.address}/jobs/ffffffffffffffffffffffffffffffff/metrics`)
  const alert = page.getByRole('alert')
  await alert.getByText('The run could not be loaded').waitFor()
  await alert.getByText('ffffffffffffffffffffffffffffffff').waitFor()
  await alert.getByRole('button', { name: 'Try again' }).waitFor()
  await alert.getByRole('link', { name: 'All jobs' }).click()
  await row(page, 'finished-run').waitFor()
  await page.goto(`${given.address}/no/such/page`)
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
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
  await ask('start')
  await page.getByText('Connected again').waitFor()
  await until('what was missed is shown', async () => (await drawn(page, 'loss')).points === before + 1)
  await until('the bar goes', async () => (await page.locator('.connection').count()) === 0)
  assert.ok(await isMarked(page))
}

/** Ten thousand metrics, names of 250 characters, one point, nothing but NaN. */
export async function extremes({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.many}/metrics`)
  await drawn(page, 'metric-00000')
  assert.ok((await page.locator('figure').count()) < 30, 'charts out of sight are drawn')
  assert.ok((await page.locator('.metric-row').count()) < 80, 'names out of sight are drawn')
  await page.getByRole('searchbox').fill('09999$')
  await drawn(page, 'metric-09999')

  await page.goto(`${given.address}/jobs/${given.odd}/metrics`)
  await chart(page, 'nothing').getByText('All 3 values are NaN or infinite').waitFor()
  assert.equal((await drawn(page, 'one')).points, 1)
  await chart(page, 'one').getByText('all 1 point').waitFor()
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  for (const path of [`/jobs/${given.odd}/metrics`, `/jobs/${given.odd}`, '/jobs', '/experiments']) {
    await page.goto(given.address + path)
    await page.locator('.live').getByText('Live').waitFor()
    assert.ok((await overflow()) <= 0, `${path} is wider than the window`)
  }
}

export async function keyboard({ page, given }) {
  await page.goto(`${given.address}/jobs`)
  await row(page, 'run-000').waitFor()
  await page.keyboard.press('/')
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('type')), 'search')
  await page.keyboard.type('run-00')
  await until('searched', async () => (await page.locator('.jobs-body').count()) === 10)
  await page.keyboard.press('Escape')
  await until('cleared', async () => (await page.locator('.jobs-body').count()) > 10)
  await page.locator('.jobs-body a').first().focus()
  const second = await page.locator('.jobs-body .jobs-name').nth(1).innerText()
  await page.keyboard.press('ArrowDown')
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), second)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: second }).waitFor()
}

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
  await until('values at the cursor', async () => (await values.allInnerTexts()).length === 3)
  assert.deepEqual((await values.allInnerTexts()).map((text) => text.split('\n')), [['run-002', '2'], ['run-001', '1'], ['run-000', '0']])

  await page.getByRole('button', { name: 'Show run-001' }).click()
  await chart(page, 'loss').getByText('2 curves · all 4 points').waitFor()

  await page.getByRole('tab', { name: 'Parameters + metrics' }).click()
  const cells = (name) => row(page, name).getByRole('cell').allInnerTexts()
  await row(page, 'loss').waitFor()
  assert.deepEqual(await cells('lr'), ['0.000', '0.001', '0.002'])
  await page.getByRole('button', { name: 'baseline' }).nth(1).click()
  await until('deltas', async () => (await cells('loss'))[2] === '2\n+1 (+100 %)')
  await row(page, 'seed').waitFor()
  await page.getByRole('checkbox', { name: 'Differences only' }).check()
  await until('equal rows are left out', async () => (await row(page, 'seed').count()) === 0)

  // All of that is in the link, and opens so in another page.
  const other = await page.context().newPage()
  await other.goto(page.url())
  await until('the link opens the same', async () => (await row(other, 'loss').getByRole('cell').allInnerTexts())[2] === '2\n+1 (+100 %)')
  await other.getByRole('tab', { name: 'Charts' }).click()
  await chart(other, 'loss').getByText('2 curves · all 4 points').waitFor()
  await other.close()
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

/** Runs go to the trash, can be had back at once, and from the trash later. */
export async function trash({ page, given }) {
  await page.goto(`${given.address}/jobs`)
  const box = (name) => row(page, name).getByRole('checkbox')
  const gone = (name) => until(`${name} is gone`, async () => (await row(page, name).count()) === 0)
  await box('first').check()
  await box('second').check()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByText('2 runs moved to the trash').waitFor()
  await gone('first')
  await row(page, 'third').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await row(page, 'second').waitFor()
  await page.getByText('2 runs restored').waitFor()

  await box('second').check()
  await page.getByRole('button', { name: 'Delete' }).click()
  await gone('second')
  await page.getByRole('link', { name: 'Trash' }).click()
  await page.getByRole('heading', { name: 'Trash' }).waitFor()
  await row(page, 'second').waitFor()
  assert.equal(await page.locator('.jobs-body').count(), 1)
  await page.getByRole('link', { name: 'second' }).click()
  await page.getByText('This run is in the trash.').waitFor()
  await page.goBack()
  await box('second').check()
  await page.getByRole('button', { name: 'Restore' }).click()
  await page.getByRole('heading', { name: 'The trash is empty' }).waitFor()
  await page.getByRole('link', { name: 'Jobs', exact: true }).last().click()
  await row(page, 'second').waitFor()
}

/** Name, description and tags are changed where they stand, and the server has them. */
export async function edit({ page, given }) {
  const path = `${given.address}/jobs/${given.run}`
  await page.goto(path)
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('another name')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'another name' }).waitFor()
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.keyboard.type('never saved')
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'another name' }).waitFor()

  await page.getByRole('button', { name: 'Edit the description' }).click()
  const text = '# Why\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<script>window.bad = 1</script> ![picture](http://127.0.0.1:9/x.png)'
  await page.getByRole('textbox', { name: 'Description in Markdown' }).fill(text)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('cell', { name: '2' }).waitFor()
  await page.getByRole('heading', { name: 'Why' }).waitFor()
  assert.equal(await page.locator('.markdown img, .markdown script').count(), 0)
  assert.equal(await page.evaluate(() => window.bad), undefined)

  await page.getByRole('button', { name: 'Add' }).click()
  await page.keyboard.type('owner')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Value of owner' }).fill('grace')
  await page.keyboard.press('Enter')
  await page.getByText('grace').waitFor()
  await page.getByRole('button', { name: 'Change team' }).click()
  await page.getByRole('textbox', { name: 'Value of team' }).fill('audio')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('audio').waitFor()
  await page.getByRole('button', { name: 'Remove owner' }).click()
  await until('the tag is gone', async () => (await page.getByText('grace').count()) === 0)

  await page.reload()
  await page.getByText('audio').waitFor()
  await page.getByRole('heading', { name: 'another name' }).waitFor()
  // A rule that the server has is told where the text stands.
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('x'.repeat(9000))
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('name').waitFor()
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

/** A view is saved, opened by another browser, changed, renamed and deleted; the built-in one can't be overwritten. */
export async function views({ page, context, given }) {
  const menu = async (where, item) => {
    await where.getByRole('button', { name: /^View:/ }).click()
    await where.getByRole(/^(Default|losses|curves)$/.test(item) ? 'menuitemradio' : 'menuitem', { name: item }).click()
  }
  const button = (where, name) => where.getByRole('button', { name, exact: true })
  await page.goto(`${given.address}/jobs?q=run-00&col=metrics.loss&sort=-metrics.loss`)
  await row(page, 'run-009').waitFor()
  await page.getByRole('button', { name: 'View: Default' }).click()
  assert.equal(await page.getByRole('menuitem', { name: 'Save changes' }).count(), 0)
  await page.getByRole('menuitem', { name: 'Save as new…' }).click()
  await page.keyboard.type('losses')
  await page.keyboard.press('Enter')
  await button(page, 'View: losses').waitFor()
  const link = page.url()

  // Another browser finds it by its name, and by the link.
  const other = await context.browser().newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 } })
  const second = await other.newPage()
  await second.goto(`${given.address}/jobs`)
  await row(second, 'run-000').waitFor()
  await menu(second, 'losses')
  await until('it shows the same', async () => (await second.locator('.jobs-body').count()) === 10)
  assert.equal(await second.locator('.jobs-name').first().innerText(), 'run-009')
  assert.equal(second.url(), link)
  await second.goto(link)
  await button(second, 'View: losses').waitFor()

  // A change is marked, and saved only when asked.
  await second.getByRole('searchbox').first().fill('run-01')
  await row(second, 'run-019').waitFor()
  await second.getByTitle('Changed since it was saved').waitFor()
  await page.reload()
  await row(page, 'run-009').waitFor()
  await menu(second, 'Save changes')
  await until('the mark is gone', async () => (await second.getByTitle('Changed since it was saved').count()) === 0)
  await menu(page, 'Default')
  await row(page, 'run-000').waitFor()
  await menu(page, 'losses')
  await row(page, 'run-019').waitFor()

  // One name stands for one view.
  await menu(page, 'Save as new…')
  await page.keyboard.type('losses')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('already').waitFor()
  await page.keyboard.press('Escape')
  await menu(page, 'Rename…')
  await page.keyboard.type('curves')
  await page.keyboard.press('Enter')
  await button(page, 'View: curves').waitFor()
  await menu(page, 'Delete “curves”')
  await button(page, 'View: Default').waitFor()
  await row(page, 'run-019').waitFor()
  await other.close()

  // Views of charts serve every run.
  await page.locator('.jobs-name').first().click()
  await page.getByRole('tab', { name: 'Metrics' }).click()
  await drawn(page, 'loss')
  await page.getByRole('checkbox', { name: 'Log y' }).check()
  await menu(page, 'Save as new…')
  await page.keyboard.type('curves')
  await page.keyboard.press('Enter')
  await page.goto(`${given.address}/jobs`)
  await page.locator('.jobs-name').nth(5).click()
  await page.getByRole('tab', { name: 'Metrics' }).click()
  await menu(page, 'curves')
  await until('the axis is logarithmic', () => page.getByRole('checkbox', { name: 'Log y' }).isChecked())
}

/** A log opens by itself at its end, follows what is written, and stays where one scrolls to. */
export async function logs({ page, given, ask }) {
  await page.goto(`${given.address}/jobs/${given.run}/outputs`)
  const view = page.locator('.text-view')
  await view.getByText('line 2999').waitFor()
  assert.equal(await page.getByRole('treeitem', { name: 'std_log.txt' }).getAttribute('aria-selected'), 'true')
  const red = view.getByText('warning', { exact: true })
  const [color, plain] = [await red.evaluate((each) => getComputedStyle(each).color), await view.evaluate((each) => getComputedStyle(each).color)]
  assert.notEqual(color, plain)
  await view.getByText('100%|####|').waitFor()
  assert.equal(await view.getByText(' 50%').count(), 0)
  await ask('write')
  await view.getByText('the newest line').waitFor()
  await view.evaluate((each) => (each.scrollTop = 0))
  await view.getByText('line 0', { exact: true }).waitFor()
  await ask('write')
  await page.waitForTimeout(1500)
  await view.getByText('line 0', { exact: true }).waitFor()

  // Of a log that is too long for a page its end is shown.
  await page.getByRole('treeitem', { name: 'big.log' }).click()
  await view.getByText('big line 99999', { exact: true }).waitFor()
  await page.getByText(/The last 524 kB of/).waitFor()
}
