// The main path through the studio by keys alone: what has the focus is always there to be seen.
import assert from 'node:assert/strict'
import { drawn, row, until } from './page.mjs'

/** What has the focus, in a word: its role or tag, and its name. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement
    if (element === null || element === document.body) return 'nothing'
    return `${element.getAttribute('role') ?? element.tagName.toLowerCase()} ${(element.getAttribute('aria-label') ?? element.textContent).trim()}`
  })

const focusIs = (page, wanted) => until(`the focus is on ${wanted}`, async () => (await focused(page)).startsWith(wanted), 5000)

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key)
}

/** Press a key until the focus is on something of this name; each stop has to be something. */
async function leadTo(page, wanted, key = 'Tab', most = 40) {
  const seen = []
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press(key)
    const now = await focused(page)
    seen.push(now)
    if (now.startsWith(wanted)) return
  }
  assert.fail(`${key} does not lead to ${wanted}, but through ${seen.join(', ')}`)
}

/** From a search through the list, a comparison, a run with its charts and files, models and the trash. */
export async function keyboardPath({ page, given }) {
  await page.goto(`${given.address}/jobs`)
  await row(page, 'second-run').waitFor()
  await press(page, '/')
  await page.keyboard.type('-run')
  await press(page, 'Enter')
  await until('searched', async () => (await page.locator('.jobs-body').count()) === 3)
  await press(page, 'ArrowDown', 'Space', 'ArrowDown')
  await focusIs(page, 'a second-run')
  await press(page, 'Space')
  // The list is one stop on the way of Tab, however long it is.
  await press(page, 'Tab', 'Tab')
  await focusIs(page, 'button Compare')
  await press(page, 'Enter')
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor()
  await focusIs(page, 'main')

  // Whoever comes back is where he was.
  await page.evaluate(() => history.back())
  await row(page, 'second-run').waitFor()
  await focusIs(page, 'button Compare')
  await press(page, 'Shift+Tab', 'Shift+Tab')
  await focusIs(page, 'a first-run')
  await press(page, 'End')
  await focusIs(page, 'a third-run')
  await press(page, 'Home')
  await focusIs(page, 'a first-run')
  await press(page, 'Enter')
  await page.getByRole('heading', { name: 'first-run' }).waitFor()
  await focusIs(page, 'main')

  // Forms give the focus back to what opened them.
  await leadTo(page, 'button Edit the description')
  await press(page, 'Enter')
  await page.keyboard.type('By *keys*')
  await press(page, 'Control+Enter')
  await page.getByText('By keys').waitFor()
  await focusIs(page, 'button Edit the description')
  await press(page, 'Enter', 'Escape')
  await focusIs(page, 'button Edit the description')
  // A hundred parameters have two buttons each, and are passed over at once.
  await leadTo(page, 'button Copy the name param_0')
  await press(page, 'ArrowDown')
  await focusIs(page, 'button Copy the name param_1')
  await leadTo(page, 'button Add', 'Tab', 3)
  await press(page, 'Enter')
  await page.keyboard.type('team')
  await press(page, 'Enter')
  await page.keyboard.type('vision')
  await press(page, 'Enter')
  await focusIs(page, 'button Add')
  await leadTo(page, 'button Remove team', 'Tab', 2)
  await press(page, 'Enter')
  await page.getByText('No tags were set.').waitFor()
  await focusIs(page, 'button Add')

  await leadTo(page, 'tab Overview', 'Shift+Tab')
  await press(page, 'ArrowRight', 'Enter')
  await focusIs(page, 'tab Metrics')
  await drawn(page, 'loss')
  await leadTo(page, 'button More for loss')
  await press(page, 'Enter', 'Enter')
  const editor = page.getByRole('dialog', { name: 'Edit loss' })
  await editor.waitFor()
  await leadTo(page, 'select As all charts')
  await page.keyboard.type('Log')
  await leadTo(page, 'button Save')
  await press(page, 'Enter')
  await editor.waitFor({ state: 'detached' })
  await focusIs(page, 'button More for loss')
  await press(page, 'Enter', 'ArrowDown', 'Enter')
  await page.getByRole('dialog').locator('.uplot[data-drawn]').waitFor()
  await press(page, 'Escape')
  await focusIs(page, 'button More for loss')
  assert.match(new URL(page.url()).search, /log/)

  await leadTo(page, 'tab Metrics', 'Shift+Tab')
  await leadTo(page, 'tab Outputs', 'ArrowRight', 3)
  await press(page, 'Enter')
  await page.getByRole('treeitem', { name: 'plots' }).waitFor()
  await leadTo(page, 'treeitem plots')
  await press(page, 'ArrowRight')
  await page.getByRole('treeitem', { name: 'inner.txt' }).waitFor()
  await press(page, 'ArrowRight')
  await focusIs(page, 'treeitem inner.txt')
  await press(page, 'Enter')
  await page.getByText('in a folder').waitFor()
  await press(page, 'ArrowLeft')
  await focusIs(page, 'treeitem plots')
  await leadTo(page, 'a Download', 'Tab', 4)

  // What lies over the page keeps the focus within, and gives it back.
  await press(page, 'Control+k')
  await page.keyboard.type('models')
  await press(page, 'Tab', 'Enter')
  await page.getByRole('heading', { name: 'Models' }).waitFor()
  await focusIs(page, 'main')
  await page.getByRole('link', { name: 'digits' }).waitFor()
  await leadTo(page, 'input Search names')
  await press(page, 'ArrowDown')
  await focusIs(page, 'a digits')
  await press(page, 'Enter')
  await page.getByRole('heading', { name: 'digits' }).waitFor()
  await leadTo(page, 'button Move champion')
  await press(page, 'Enter')
  await page.keyboard.type('1')
  await press(page, 'Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await focusIs(page, 'button Move champion')
  await press(page, 'Tab', 'Enter')
  await page.getByRole('dialog', { name: 'Remove champion' }).waitFor()
  await press(page, 'Tab', 'Tab', 'Tab')
  await focusIs(page, 'button Remove the alias')
  await press(page, 'Escape')
  await focusIs(page, 'button Remove champion')

  await press(page, 'g', 't')
  await row(page, 'deleted-run').waitFor()
  await focusIs(page, 'main')
  await leadTo(page, 'combobox Search')
  await press(page, 'Escape', 'ArrowDown', 'Space')
  await leadTo(page, 'button Restore', 'Tab', 3)
  await press(page, 'Enter')
  await focusIs(page, 'button Undo')
  await press(page, 'g', 'j')
  await row(page, 'deleted-run').waitFor()
  await leadTo(page, 'button View: Default')
  await press(page, 'Enter')
  await leadTo(page, 'menuitem Save as new…', 'ArrowDown')
  await press(page, 'Enter')
  await page.keyboard.type('Mine')
  await press(page, 'Enter')
  await focusIs(page, 'button View: Mine')
  await press(page, 'Enter')
  await leadTo(page, 'menuitem Delete', 'ArrowDown')
  await press(page, 'Enter')
  await page.getByRole('dialog').waitFor()
  await focusIs(page, 'button Cancel')
  await press(page, 'Escape')
  await focusIs(page, 'button View: Mine')
}
