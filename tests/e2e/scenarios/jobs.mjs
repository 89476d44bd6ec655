// The list of runs.
import assert from 'node:assert/strict'
import { isMarked, mark, row, searchField, until } from './page.mjs'

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

  const search = searchField(page)
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

export async function keyboard({ page, given }) {
  await page.goto(`${given.address}/jobs`)
  await row(page, 'run-000').waitFor()
  await page.keyboard.press('/')
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'combobox')
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

/** An open page of an older studio than the server's loads the newer one when it lacks a part. */
export async function upgraded({ page, given, expected }) {
  expected.push(/dynamically imported module|preload CSS/)
  await page.goto(`${given.address}/jobs`)
  await row(page, 'run-000').waitFor()
  await mark(page)
  // The list has fetched ahead by then, but the tab's code was not asked for.
  let gone = true
  await page.route(/\/assets\/MonitoringTab-/, (route) => (gone ? route.fulfill({ status: 404 }) : route.continue()))
  await page.route(`${given.address}/`, (route) => {
    gone = false
    return route.fulfill({ contentType: 'text/html', body: '<script type="module" src="/assets/index-newer.js"></script>' })
  })
  await page.getByRole('link', { name: 'run-000' }).click()
  await page.getByRole('tab', { name: 'Monitoring' }).click()
  await page.getByRole('heading', { name: 'No system metrics' }).waitFor()
  assert.ok(!(await isMarked(page)), 'the page was loaded again')
}
