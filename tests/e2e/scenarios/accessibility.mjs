// Every page as axe sees it, light and dark, with data and without.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { drawn, row, searchField } from './page.mjs'

const require = createRequire(new URL('../../../studio/package.json', import.meta.url))
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']

/**
 * What is looked at. `path` opens it, `ready` waits until all of it is there, and may open what lies over the page.
 * `floats` is said of menus: they lie over the page as a dialog does, and Fluent mounts them beside its landmarks.
 * A new page of the studio adds an entry to each list that fits.
 */
const FULL = [
  { name: 'jobs', path: '/jobs', ready: (page) => row(page, 'finished-run').waitFor() },
  { name: 'jobs, one checked', path: '/jobs', ready: (page) => row(page, 'finished-run').getByRole('checkbox').check() },
  { name: 'jobs, a filter completed', path: '/jobs', ready: (page) => openFilter(page, 'metrics.lo') },
  { name: 'jobs, a filter that is wrong', path: '/jobs?q=metrics.loss+%3C+%3C+1', ready: (page) => page.getByRole('alert').waitFor() },
  { name: 'jobs, no match', path: '/jobs?q=nothing', ready: (page) => page.getByRole('heading', { name: 'No run matches' }).waitFor() },
  { name: 'jobs, columns', path: '/jobs', ready: (page) => open(page, 'button', 'Columns', 'dialog') },
  { name: 'jobs, experiments', path: '/jobs', ready: (page) => open(page, 'button', 'All experiments', 'dialog') },
  { name: 'jobs, views', path: '/jobs', ready: (page) => open(page, 'button', /^View:/, 'menu'), floats: true },
  { name: 'palette', path: '/jobs', ready: (page) => openByKey(page, 'Control+k') },
  { name: 'keyboard shortcuts', path: '/jobs', ready: (page) => openByKey(page, '?') },
  { name: 'experiments', path: '/experiments', ready: (page) => row(page, 'Default').waitFor() },
  { name: 'a job', path: ({ run }) => `/jobs/${run}`, ready: (page) => page.getByText('batch_size').waitFor() },
  { name: 'metrics of a job', path: ({ run }) => `/jobs/${run}/metrics`, ready: (page) => drawn(page, 'loss') },
  { name: 'outputs of a job', path: ({ run }) => `/jobs/${run}/outputs`, ready: (page) => page.getByText('said once').first().waitFor() },
  { name: 'code among outputs', path: ({ run }) => `/jobs/${run}/outputs?path=train.py&line=2-4`, ready: (page) => page.locator('.text-content span').nth(3).waitFor() },
  { name: 'a job that the server ran', path: '/jobs/ran', ready: (page) => page.getByRole('heading', { name: /^Processes/ }).waitFor() },
  { name: 'code of a job', path: '/jobs/ran/code?path=train.py', ready: (page) => page.locator('.text-content span').first().waitFor() },
  { name: 'a job that waits', path: '/jobs/waits', ready: (page) => page.getByText('See the queue').waitFor() },
  { name: 'the queue', path: '/queue', ready: (page) => row(page, 'waits').waitFor() },
  { name: 'a job to be canceled', path: '/queue', ready: (page) => open(page, 'button', 'Cancel waits', 'dialog') },
  { name: 'a new job that is wrong', path: '/new-job?like=ran', ready: (page) => makeWrong(page) },
  { name: 'compare', path: ({ run, other }) => `/compare?run=${run}&run=${other}`, ready: (page) => drawn(page, 'loss') },
  { name: 'compare, table', path: ({ run, other }) => `/compare?run=${run}&run=${other}&tab=table&base=${run}`, ready: (page) => row(page, 'batch_size').waitFor() },
  { name: 'compare, plots', path: ({ run, other }) => `/compare?run=${run}&run=${other}&tab=plots`, ready: (page) => page.locator('figure svg').first().waitFor() },
  { name: 'compare, images', path: ({ run, other }) => `/compare?run=${run}&run=${other}&tab=images`, ready: (page) => page.getByRole('heading', { name: 'None of these runs has images' }).waitFor() },
  { name: 'compare, files', path: ({ run, other }) => `/compare?run=${run}&run=${other}&tab=files`, ready: (page) => page.getByText('notes.md').first().waitFor() },
  { name: 'a chart over the page', path: ({ run, other }) => `/compare?run=${run}&run=${other}&full=loss`, ready: (page) => page.getByRole('dialog').locator('.uplot[data-drawn]').waitFor() },
  { name: 'images of a job', path: ({ run }) => `/jobs/${run}/images`, ready: (page) => page.getByRole('heading', { name: 'No images yet' }).waitFor() },
  { name: 'monitoring of a job', path: ({ run }) => `/jobs/${run}/monitoring`, ready: (page) => page.getByRole('heading', { name: 'No system metrics' }).waitFor() },
  { name: 'jobs, grouped', path: '/jobs?group=params.batch_size', ready: (page) => page.getByText('64').first().waitFor() },
  { name: 'jobs, charts beside', path: '/jobs?charts=', ready: (page) => drawn(page, 'loss') },
  { name: 'jobs, nested', path: '/jobs?nested=1', ready: (page) => row(page, 'finished-run').waitFor() },
  { name: 'jobs, archived', path: '/jobs?archived=1', ready: (page) => row(page, 'archived-run').getByRole('checkbox').check() },
  { name: 'an archived job', path: ({ archived }) => `/jobs/${archived}`, ready: (page) => page.getByText('Archived', { exact: true }).waitFor() },
  { name: 'trash', path: '/trash', ready: (page) => row(page, 'deleted-run').waitFor() },
  { name: 'bare: a job', path: ({ bare }) => `/jobs/${bare}`, ready: (page) => page.getByRole('heading', { name: 'bare-run' }).waitFor() },
  { name: 'bare: metrics of a job', path: ({ bare }) => `/jobs/${bare}/metrics`, ready: (page) => page.getByRole('heading', { name: 'No metrics yet' }).waitFor() },
  { name: 'bare: outputs of a job', path: ({ bare }) => `/jobs/${bare}/outputs`, ready: (page) => page.getByRole('heading', { name: 'No outputs yet' }).waitFor() },
]

const EMPTY = [
  { name: 'jobs', path: '/jobs', ready: (page) => page.getByRole('heading', { name: 'Log a first run' }).waitFor() },
  { name: 'experiments', path: '/experiments', ready: (page) => row(page, 'Default').waitFor() },
  { name: 'queue', path: '/queue', ready: (page) => page.getByRole('heading', { name: 'Nothing waits, nothing runs' }).waitFor() },
  { name: 'new job', path: '/new-job', ready: (page) => page.getByText('Fill in the form').waitFor() },
  { name: 'models', path: '/models', ready: (page) => page.getByRole('heading', { name: 'Register a first model' }).waitFor() },
  { name: 'trash', path: '/trash', ready: (page) => page.getByRole('heading', { name: 'The trash is empty' }).waitFor() },
  { name: 'compare', path: '/compare', ready: (page) => page.getByRole('heading', { name: 'No runs to compare' }).waitFor() },
  { name: 'a job that is not there', path: '/jobs/nothing', ready: (page) => page.getByRole('alert').waitFor() },
  { name: 'an unknown page', path: '/nowhere', ready: (page) => page.getByRole('heading', { name: 'There is no such page' }).waitFor() },
]

async function open(page, role, name, opened) {
  await page.getByRole('row').first().waitFor()
  await page.getByRole(role, { name }).click()
  await page.getByRole(opened).waitFor()
}

async function makeWrong(page) {
  await page.getByLabel('Environment').selectOption('requirements')
  await page.getByRole('button', { name: 'Add an input' }).click()
  await page.getByLabel('Nodes').fill('many')
  await page.getByRole('button', { name: /It must be an integer/ }).waitFor()
}

async function openByKey(page, key) {
  await row(page, 'finished-run').waitFor()
  await page.keyboard.press(key)
  await page.getByRole('dialog').waitFor()
}

async function openFilter(page, text) {
  await row(page, 'finished-run').waitFor()
  await searchField(page).fill(text)
  await page.getByRole('option').first().waitFor()
}

/** Fluent's guards of the focus pass it on at once; they are hidden because there is nothing to tell of them. */
const GUARDS = ['[data-tabster-dummy]']

async function violations(page, runOnly, floats = false) {
  // Evaluated by the browser's debugger, which the page's content security policy does not bind.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe)
  const found = await page.evaluate(([exclude, wanted, rules]) => globalThis.axe.run({ exclude }, { runOnly: wanted, rules }), [GUARDS, runOnly, floats ? { region: { enabled: false } } : {}])
  return found.violations.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map(({ html, any }) => `${html.slice(0, 200)} ${any[0]?.message ?? ''}`)
    return `${id}: ${help}\n    ${places.join('\n    ')}`
  })
}

const look = (list) => async ({ page, given }) => {
  const wrong = []
  for (const { name, path, ready, floats } of list) {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.goto(given.address + (typeof path === 'string' ? path : path(given)))
    await ready(page)
    wrong.push(...(await violations(page, { type: 'tag', values: RULES }, floats)).map((each) => `${name}: ${each}`))
    // The same page in other colours: nothing else can differ.
    const light = await page.evaluate(() => getComputedStyle(document.querySelector('.frame')).backgroundColor)
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    await page.waitForFunction((before) => getComputedStyle(document.querySelector('.frame')).backgroundColor !== before, light)
    wrong.push(...(await violations(page, { type: 'rule', values: ['color-contrast'] })).map((each) => `${name}, dark: ${each}`))
  }
  assert.equal(wrong.length, 0, wrong.join('\n'))
}

export const accessibleFull = look(FULL)
export const accessibleEmpty = look(EMPTY)
