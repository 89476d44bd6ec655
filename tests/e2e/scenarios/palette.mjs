// The command palette, the keys of the studio, and how often a page follows what is logged.
import assert from 'node:assert/strict'
import { isMarked, mark, row, until } from './page.mjs'

const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)

/** Everything is found with the keyboard alone, and Escape leaves the page as it was. */
export async function palette({ page, given }) {
  await page.goto(`${given.address}/jobs`)
  await row(page, 'run-000').waitFor()
  await mark(page)
  const field = page.getByRole('combobox', { name: 'Find a page' })
  const active = () => page.locator('[role=option][aria-selected=true]').innerText()
  await page.locator('.jobs-body a').nth(2).focus()
  const before = await focused(page)
  await page.keyboard.press('Control+k')
  await field.waitFor()
  await page.keyboard.press('Escape')
  await until('closed', async () => (await page.locator('dialog').count()) === 0)
  assert.equal(await focused(page), before)

  // A run by a part of its name.
  await page.keyboard.press('Control+k')
  await page.keyboard.type('run-1')
  await page.getByRole('option', { name: 'run-100' }).waitFor()
  await page.keyboard.type('17')
  await until('the run is chosen', async () => (await active()).startsWith('run-117'))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'run-117' }).waitFor()

  // What the page can do, and runs that were opened.
  await page.keyboard.press('Control+k')
  await page.getByRole('group', { name: 'Recent runs' }).getByRole('option', { name: 'run-117' }).waitFor()
  await page.keyboard.type('shmet')
  await until('the action is chosen', async () => (await active()).startsWith('Show metrics'))
  await page.keyboard.press('Enter')
  await page.getByRole('tab', { name: 'Metrics', selected: true }).waitFor()

  await page.keyboard.press('g')
  await page.keyboard.press('e')
  await page.getByRole('heading', { name: 'Experiments' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('j')
  await row(page, 'run-000').getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Find a page, a run or an action' }).click()
  await page.keyboard.type('compare 1 ch')
  await page.getByText('Nothing is called “compare 1 ch”').waitFor()
  await page.keyboard.press('Escape')
  await row(page, 'run-001').getByRole('checkbox').check()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('compare 2')
  await until('comparing is offered', async () => (await active()).startsWith('Compare 2 checked runs'))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor()

  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Move along a zoomed chart').waitFor()
  await page.keyboard.press('Escape')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Share' }).click()
  await page.getByText('Link copied').waitFor()
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url())
  assert.ok(await isMarked(page))
}

/** While paused nothing moves, and nothing is lost. */
export async function pace({ page, given, ask }) {
  await page.goto(`${given.address}/jobs`)
  await row(page, 'first').waitFor()
  await page.getByRole('button', { name: 'Live' }).click()
  await page.getByRole('menuitemradio', { name: 'Paused' }).click()
  await ask('second')
  await page.getByRole('button', { name: 'New data' }).waitFor()
  assert.equal(await row(page, 'second').count(), 0)
  await page.getByRole('button', { name: 'New data' }).click()
  await row(page, 'second').waitFor()
  assert.equal(await page.getByRole('button', { name: 'New data' }).count(), 0)

  // The browser remembers it; what comes meanwhile is shown when one goes on.
  await page.reload()
  await row(page, 'second').waitFor()
  await page.getByRole('button', { name: 'Paused' }).waitFor()
  await ask('third')
  await page.getByRole('button', { name: 'New data' }).waitFor()
  await page.getByRole('button', { name: 'Paused' }).click()
  await page.getByRole('menuitemradio', { name: 'Every 5 seconds' }).click()
  await row(page, 'third').waitFor()
  await page.getByRole('button', { name: 'Every 5 s' }).waitFor()

  // What happened while another page was shown is there when one comes back.
  await page.getByRole('link', { name: 'first' }).click()
  await page.getByRole('heading', { name: 'first' }).waitFor()
  await page.locator('.live').getByText('Every 5 s').waitFor()
  await ask('fourth')
  await page.goBack()
  await row(page, 'fourth').waitFor()
}
