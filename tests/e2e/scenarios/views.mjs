// Saved views.
import assert from 'node:assert/strict'
import { drawn, row, searchField, until } from './page.mjs'

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
  await searchField(second).fill('run-01')
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
