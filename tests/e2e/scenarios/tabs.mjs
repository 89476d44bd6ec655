// The tabs of a run's page beside its metrics and outputs.
import assert from 'node:assert/strict'
import { chart, drawn, row, until } from './page.mjs'

const KEY = 'val/samples 1.a'
/** Longer than a page is wide. */
const MASKS = `val/masks${' of the validation set'.repeat(6)}`
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
  await full.getByText('320 × 240').waitFor()
  await full.getByRole('link', { name: 'Download' }).focus()
  await page.keyboard.press('ArrowLeft')
  await until('one back', async () => (await stepOf(full)) === 'step 5')
  await until('in the address', async () => new URL(page.url()).searchParams.get('at') === `5~${KEY}`)
  // Up and down lead to other keys, and Escape back to where one was.
  await page.keyboard.press('ArrowUp')
  const masks = page.getByRole('dialog', { name: MASKS })
  await masks.getByText('1 of 2 keys').waitFor()
  assert.equal(await masks.locator('.full-head').evaluate(({ scrollWidth }) => scrollWidth - innerWidth), 0, 'a long name makes it wider')
  await until('the only step of masks', async () => /step\+0\+/.test(await shown(masks)))
  await masks.getByRole('button', { name: 'Next key' }).click()
  await page.getByRole('dialog', { name: KEY }).getByText('2 of 2 keys').waitFor()
  await page.keyboard.press('Escape')
  await until('closed', async () => (await full.count()) === 0)
  assert.equal(await stepOf(found), 'step 5')
  assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), `Full screen: ${KEY}`)
  // What is as small as this is shown as it is: its variant would be enlarged.
  await until('the original', async () => /step\+0\+.*[\w-]{30}\.png$/.test(await shown(page.locator(`figure[data-key="${MASKS}"]`))))

  // Every step beside the others, plain pictures, and the table.
  await page.getByRole('checkbox', { name: 'Grid' }).check()
  await until('all steps', async () => (await page.locator('.shots .image-tile').count()) === 8)
  await page.getByRole('button', { name: `${MASKS}, step 0` }).focus()
  for (const key of ['ArrowDown', 'ArrowRight']) await page.keyboard.press(key)
  assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), `${KEY}, step 1`)
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

/** Figures in HTML stand in frames that reach nothing; those of several steps have a slider. */
export async function pageFigures({ page, given, expected }) {
  // The scripts of the pages try what they must not do.
  expected.push(/Content Security Policy/)
  await page.goto(`${given.address}/jobs/${given.run}/images`)
  const found = page.locator('figure[data-key="plots/roc_*.html"]')
  const inside = found.frameLocator('iframe')
  await inside.getByText('origin null, parent blocked, api blocked').waitFor()
  assert.equal(await inside.getByText('page 10').count(), 1, 'the last step is shown')
  await page.frameLocator('iframe[title="report.html"]').getByText('a report').waitFor()
  assert.equal(await page.getByRole('slider').count(), 1, 'one page has no steps')

  await found.getByRole('button', { name: 'Previous image of plots/roc_*.html' }).click()
  await inside.getByText('page 2').waitFor()
  await until('in the address', async () => new URL(page.url()).searchParams.get('at') === '2~plots/roc_*.html')
  await page.getByRole('checkbox', { name: 'Load from other sites' }).check()
  await until('another frame', async () => (await found.locator('iframe').getAttribute('src')).includes('frame=network'))
  await inside.getByText('origin null, parent blocked, api blocked').waitFor()

  await found.getByRole('button', { name: 'Full screen' }).click()
  const full = page.getByRole('dialog', { name: 'plots/roc_2.html' })
  await full.frameLocator('iframe').getByText('page 2').waitFor()
  await full.getByRole('link', { name: 'Download' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('dialog', { name: 'plots/roc_10.html' }).frameLocator('iframe').getByText('page 10').waitFor()
  // Steps are no pages of the browser's history.
  await page.goBack()
  await until('closed', async () => (await page.getByRole('dialog').count()) === 0)
  await found.getByRole('link', { name: 'plots/roc_*.html' }).click()
  await page.getByRole('treeitem', { name: 'roc_10.html' }).waitFor()
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
  await until('closed', async () => (await full.count()) === 0)
  await page.keyboard.press('ArrowLeft')
  assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), `Full screen: ${KEY} of images-1`)
  await until('all runs follow', async () => /step\+0\+/.test(await shown(cells.nth(0))))
}

/** Children are listed, counted, compared, and appear while one looks. */
export async function childJobs({ page, given, ask }) {
  await page.goto(`${given.address}/jobs/${given.parent}`)
  await page.getByRole('tab', { name: 'Child jobs 2' }).click()
  const table = page.getByRole('table', { name: 'Child jobs' })
  const names = () => table.locator('.grid-name').allInnerTexts()
  await until('both children', async () => (await names()).join() === 'trial-1,trial-0')
  // What differs is a column, and so is what they measure.
  assert.deepEqual((await table.getByRole('columnheader').allInnerTexts()).slice(6), ['loss', 'lr'])
  const cells = async (name) => (await row(page, name).getByRole('cell').allInnerTexts()).slice(5)
  assert.deepEqual(await cells('trial-0'), ['1', '0.5000', '0'])
  await ask('start')
  await until('a new child', async () => (await names()).join() === 'trial-2,trial-1,trial-0')
  await page.getByText('3 child jobs').waitFor()
  await page.getByRole('tab', { name: 'Child jobs 3' }).waitFor()

  await page.getByRole('checkbox', { name: 'Check trial-0' }).check()
  await page.getByRole('checkbox', { name: 'Check trial-1' }).check()
  await page.getByRole('button', { name: 'Compare' }).click()
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor()
  await page.goBack()
  await page.getByRole('link', { name: '1 child job of trial-0' }).click()
  await until('the child of the child', async () => (await names()).join() === 'retry')
  const [box, name] = await Promise.all([row(page, 'retry').getByRole('checkbox').boundingBox(), page.getByRole('link', { name: 'retry' }).boundingBox()])
  assert.ok(name.x > box.x && Math.abs(name.y - box.y) < 16, 'beside each other also without metrics and parameters')
  await page.locator('.topbar').getByRole('link', { name: 'sweep' }).click()
  await until('back at the parent', async () => (await names()).length === 3)
  await page.getByRole('link', { name: 'trial-1' }).click()
  await page.getByRole('heading', { name: 'trial-1' }).waitFor()
  assert.equal(await page.getByRole('tab', { name: 'Child jobs' }).count(), 0)
}

/** Machines have charts of their own on the run's clock, and leave the tab of metrics to the rest. */
export async function monitoring({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.run}/metrics`)
  await drawn(page, 'loss')
  assert.equal(await page.locator('figure').count(), 1)
  await page.getByRole('checkbox', { name: 'system/node-b/cpu_utilization_percentage' }).check()
  await drawn(page, 'system/node-b/cpu_utilization_percentage')

  await page.getByRole('tab', { name: 'Monitoring' }).click()
  const gpus = 'system/node-a/gpu_0_utilization_percentage'
  await chart(page, gpus).getByText('node-a · GPU utilization (%)').waitFor()
  await chart(page, gpus).getByText('2 curves · all 6 points').waitFor()
  assert.equal(await page.getByRole('combobox', { name: 'x axis' }).inputValue(), 'relative')
  const { from, to } = await drawn(page, gpus)
  assert.deepEqual([from, to], [0, 2])
  assert.equal(await page.locator('figure').count(), 3)
  await page.getByRole('button', { name: 'node-b', exact: true }).click()
  await until('one node', async () => (await page.locator('figure').count()) === 1)
  assert.equal(new URL(page.url()).searchParams.get('node'), 'node-b')
  await page.getByRole('combobox', { name: 'x axis' }).selectOption('step')
  await until('in the address', async () => new URL(page.url()).searchParams.get('x') === 'step')

  await page.goto(`${given.address}/jobs/${given.other}/monitoring`)
  await page.getByText('mlflow.enable_system_metrics_logging()').waitFor()
}

/** Where a run's code came from, what it read, and what became of its models. */
export async function lineage({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.run}`)
  const commit = page.getByRole('link', { name: given.commit })
  assert.equal(await commit.getAttribute('href'), `https://github.com/acme/vision/commit/${given.commit}`)
  assert.equal(await page.locator('.properties').getByText('secret').count(), 0)
  await page.getByRole('button', { name: 'train-set training d1g3st' }).click()
  await page.getByRole('cell', { name: 'double' }).waitFor()
  await page.getByText('num_rows').waitFor()
  await page.getByRole('button', { name: /^net acc 0.5000 step 7 Pending/ }).click()
  await page.getByText(given.model).waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'MLmodel' }).click()])
  assert.equal(download.suggestedFilename(), 'MLmodel')
  const version = page.getByRole('link', { name: 'digits' })
  assert.equal(await version.getAttribute('href'), '/models/digits/versions/1')
  await page.getByText('@champion').waitFor()

  // What is open is in the address.
  await page.reload()
  await page.getByRole('cell', { name: 'double' }).waitFor()
  await page.getByRole('button', { name: /^train-set/ }).click()
  await until('closed', async () => (await page.getByRole('cell', { name: 'double' }).count()) === 0)
}

/** Thousands of parameters are drawn as one comes to them, and found without that. */
export async function manyParams({ page, given: { address, run, params } }) {
  await page.goto(`${address}/jobs/${run}`)
  const list = page.locator('section', { hasText: 'Parameters' }).locator('[data-list]')
  const rows = list.locator('.key-row')
  await rows.first().waitFor()
  assert.ok((await rows.count()) < params / 2, 'all are drawn at once')
  await until('all are drawn', async () => {
    await rows.last().scrollIntoViewIfNeeded()
    return (await rows.count()) === params
  })
  await page.reload()
  await page.getByPlaceholder('Find in parameters').fill(`layer.${params - 1}.`)
  await until('found among all', async () => (await rows.count()) === 1)
}
