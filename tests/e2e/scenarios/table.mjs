// The table of runs: its columns, groups and trees, and tags of many runs.
import assert from 'node:assert/strict'
import { row, searchField, until } from './page.mjs'

const titles = (page) => page.locator('[role=columnheader][data-column] .jobs-title').allInnerTexts()
const names = (page) => page.locator('.jobs-body .jobs-name').allInnerTexts()
const column = (page, key) => page.locator(`[role=columnheader][data-column="${key}"]`)
const query = (page) => new URL(page.url()).searchParams

async function fromMenu(page, key, item) {
  await column(page, key).getByRole('button', { name: 'Column options' }).click()
  await page.getByRole('menu').getByText(item, { exact: true }).click()
  await page.getByRole('menu').waitFor({ state: 'detached' })
}

/** Columns are found by regular expression, and show another value, stand elsewhere, stay or go as one wishes. */
export async function tableColumns({ page, given }) {
  await page.goto(`${given.address}/jobs?col=metrics.loss`)
  await row(page, 'run-000').waitFor()
  await page.getByRole('button', { name: 'Columns', exact: true }).click()
  const picker = page.getByRole('dialog')
  const find = picker.getByRole('searchbox')
  await find.fill('^se(')
  await picker.getByRole('alert').getByText('Invalid regular expression').waitFor()
  assert.equal(await find.getAttribute('aria-invalid'), 'true')
  await find.fill('^se|^ended')
  await picker.getByRole('checkbox', { name: 'seed' }).check()
  await picker.getByRole('checkbox', { name: 'Ended' }).check()
  await find.fill('')
  await picker.getByRole('combobox', { name: 'Value of metrics' }).selectOption('max')
  await picker.getByRole('checkbox', { name: 'max loss' }).check()
  await page.keyboard.press('Escape')
  const all = ['Name', 'Status', 'Experiment', 'Duration', 'Started', 'User', 'loss', 'seed', 'Ended', 'max loss']
  await until('all columns', async () => (await titles(page)).join() === all.join())
  await until('the greatest value', async () => (await row(page, 'run-000').innerText()).trim().endsWith('1'))

  // By keys from the head into the rows.
  await column(page, 'name').getByRole('button').first().focus()
  await page.keyboard.press('ArrowDown')
  await until('the first row is focused', () => page.locator('.jobs-body .jobs-name').first().evaluate((element) => element === document.activeElement))

  await fromMenu(page, 'max:metrics.loss', 'Minimum')
  await fromMenu(page, 'min:metrics.loss', 'Sort descending')
  assert.equal(query(page).get('sort'), '-min:metrics.loss')
  await until('sorted by the least value', async () => (await names(page)).slice(0, 2).join() === 'run-001,run-002')
  await fromMenu(page, 'user', 'Hide')
  await fromMenu(page, 'params.seed', 'Move left')
  await fromMenu(page, 'ended', 'Pin to the left')
  const moved = ['Name', 'Ended', 'Status', 'Experiment', 'Duration', 'Started', 'seed', 'loss', 'min loss']
  assert.deepEqual(await titles(page), moved)

  // Widths: by hand, by keyboard, to what fits.
  const width = async (key) => Math.round((await column(page, key).boundingBox()).width)
  const handle = column(page, 'metrics.loss').getByRole('separator')
  const box = await handle.boundingBox()
  const before = await width('metrics.loss')
  await page.mouse.move(box.x + 2, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + 402, box.y + 10, { steps: 4 })
  assert.equal(await width('metrics.loss'), before + 400)
  await page.mouse.up()
  assert.equal(query(page).get('width'), `${before + 400}~metrics.loss`)
  await fromMenu(page, 'metrics.loss', 'Resize with arrow keys')
  await until('the handle is focused', () => handle.evaluate((element) => element === document.activeElement))
  await page.keyboard.press('ArrowLeft')
  await until('narrower', async () => (await width('metrics.loss')) === before + 392)
  await page.keyboard.press('Escape')
  await handle.dblclick()
  await until('fitted', async () => (await width('metrics.loss')) < 140)

  // Pinned columns stay in sight.
  await fromMenu(page, 'experiment', 'Resize with arrow keys')
  await page.goto(`${page.url()}&width=900~experiment`)
  await row(page, 'run-001').waitFor()
  await page.locator('.jobs-scroll').evaluate((element) => element.scrollTo(600, 0))
  const edge = (await page.locator('.jobs-scroll').boundingBox()).x
  const left = async (locator) => Math.round((await locator.boundingBox()).x - edge)
  assert.equal(await left(column(page, 'name')), 44)
  assert.equal(await left(row(page, 'run-001').locator('.jobs-name')), 52)
  assert.ok((await left(column(page, 'status'))) < 0)

  // Dragged to another place; all of it survives a reload.
  await page.locator('.jobs-scroll').evaluate((element) => element.scrollTo(2000, 0))
  // What moves columns is loaded when the page is idle.
  await page.locator('[data-movable]').first().waitFor()
  const from = await column(page, 'min:metrics.loss').boundingBox()
  const to = await column(page, 'params.seed').boundingBox()
  await page.mouse.move(from.x + 40, from.y + 12)
  await page.mouse.down()
  await page.mouse.move(to.x + 20, to.y + 12, { steps: 8 })
  await page.mouse.up()
  const dragged = ['Name', 'Ended', 'Status', 'Experiment', 'Duration', 'Started', 'min loss', 'seed', 'loss']
  await until('dragged', async () => (await titles(page)).join() === dragged.join())
  await page.reload()
  await row(page, 'run-001').waitFor()
  assert.deepEqual(await titles(page), dragged)
}

/** Groups have figures of all their runs, open to groups and runs, and follow the keyboard. */
export async function groups({ page, given, ask }) {
  await page.goto(`${given.address}/jobs?col=metrics.loss`)
  await row(page, 'run-000').waitFor()
  await page.getByRole('button', { name: 'Group', exact: true }).click()
  await page.getByRole('dialog').getByRole('checkbox', { name: 'lr' }).check()
  await page.keyboard.press('Escape')
  const first = page.getByRole('row', { name: 'lr 0.1' })
  await first.waitFor()
  assert.equal(await page.locator('.jobs-foot').innerText(), '3 groups')
  // 60 runs with the losses 0, 2, ... 118: more than one page.
  const text = (await first.innerText()).replace(/\s+/g, ' ')
  assert.match(text, /lr 0\.1 60 runs 59 ± 34\.93 0 … 118/)
  const missing = page.getByRole('row', { name: 'lr none' })
  // One loss is NaN, which is left out and told; one run has none yet.
  assert.match((await missing.innerText()).replace(/\s+/g, ' '), /3 runs 5 1 not finite/)

  await first.getByRole('button').focus()
  await page.keyboard.press('ArrowRight')
  await row(page, 'run-000').waitFor()
  assert.equal(await first.getAttribute('aria-expanded'), 'true')
  assert.equal(query(page).get('open'), 'g=0.1')
  await page.keyboard.press('ArrowDown')
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'run-000')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await until('closed', async () => (await names(page)).length === 0)

  // Two levels, and by address alone.
  await page.goto(`${given.address}/jobs?col=metrics.loss&group=params.lr&group=status&open=g%3D0.2&open=g%3D0.2%2F%3DRUNNING&sort=-metrics.loss`)
  await row(page, 'run-119').waitFor()
  const rows = await page.locator('.jobs-body').allInnerTexts()
  assert.deepEqual(rows.slice(0, 4).map((each) => each.split('\n')[0].trim()), ['lr 0.2', 'Status Running', 'run-119', 'run-117'])
  await page.locator('.jobs-scroll').evaluate((element) => element.scrollTo(0, element.scrollHeight))
  await until('all runs of the group', async () => (await page.getByRole('row', { name: 'lr none' }).count()) === 1)

  // A run that logs changes its group's figures where they stand.
  await page.goto(`${given.address}/jobs?col=metrics.loss&group=params.lr`)
  await first.waitFor()
  await ask('log')
  await until('new figures', async () => /6 ± 1\.414 5 … 7 · 1 not finite/.test((await missing.innerText()).replace(/\s+/g, ' ')))
}

/** Children stand below their parents, also under a filter, and no run twice. */
export async function tree({ page, given }) {
  await page.goto(`${given.address}/jobs?col=`)
  await row(page, 'sweep').first().waitFor()
  await page.getByRole('checkbox', { name: 'Nested' }).check()
  await until('parents alone', async () => (await names(page)).join() === 'alone,sweep')
  const sweep = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'sweep', exact: true }) })
  await sweep.getByRole('button', { name: '120 child runs' }).click()
  await row(page, 'trial-119').waitFor()
  assert.equal(await sweep.getAttribute('aria-expanded'), 'true')
  assert.equal(await row(page, 'trial-119').getAttribute('aria-level'), '2')
  await row(page, 'trial-119').getByRole('button', { name: '1 child run' }).click()
  await row(page, 'grandchild').waitFor()
  // All pages of the children come as one scrolls.
  await until('the last child', async () => {
    await page.locator('.jobs-scroll').evaluate((element) => element.scrollTo(0, element.scrollHeight))
    return (await names(page)).at(-1) === 'trial-000'
  })
  await searchField(page).fill("run_name != 'sweep'")
  await until('children whose parent does not match', async () => (await names(page))[0] === 'alone' && (await names(page))[1] === 'trial-119')
  await row(page, 'trial-118').getByText('child of sweep').waitFor()
  assert.equal((await names(page)).filter((name) => name === 'grandchild').length, 1)
  assert.equal(await row(page, 'grandchild').getAttribute('aria-level'), '2')
}

/** A tag is set on checked runs and removed from them, and what is wrong is said. */
export async function tagging({ page, given }) {
  await page.goto(`${given.address}/jobs?col=tags.team`)
  const box = (name) => row(page, name).getByRole('checkbox')
  await box('first').check()
  await box('third').check()
  const open = () => page.getByRole('button', { name: 'Tag…' }).click()
  const form = page.getByRole('dialog')
  await open()
  await form.getByLabel('Tag', { exact: true }).fill('a?b')
  await form.getByRole('button', { name: 'Set on 2 runs' }).click()
  await form.getByRole('alert').getByText('names may contain only letters').waitFor()
  await form.getByLabel('Tag', { exact: true }).fill('team')
  await form.getByLabel('Value').fill('audio')
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText('team = audio set on 2 runs').waitFor()
  await row(page, 'third').getByText('audio').waitFor()
  assert.equal(await row(page, 'second').getByText('audio').count(), 0)
  await box('second').check()
  await open()
  await form.getByLabel('Tag', { exact: true }).fill('team')
  await form.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('status').getByText('team removed from 2 of 3 runs').waitFor()
  await until('removed', async () => (await page.getByText('audio', { exact: true }).count()) === 0)
}
