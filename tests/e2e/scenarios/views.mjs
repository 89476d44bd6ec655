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
  // Whoever comes back to another window sees it there.
  const comeBack = (where) => where.evaluate(() => dispatchEvent(new Event('focus')))
  await button(second, 'View: losses').waitFor()
  await comeBack(second)
  await button(second, 'View: curves').waitFor()
  // What another browser saved is not overwritten unasked: the server asks, whatever this browser knows.
  await searchField(second).fill('run-02')
  await row(second, 'run-029').waitFor()
  await menu(second, 'Save changes')
  await until('saved', async () => (await second.getByTitle('Changed since it was saved').count()) === 0)
  await searchField(page).fill('run-03')
  await row(page, 'run-039').waitFor()
  await menu(page, 'Save changes')
  await page.getByRole('heading', { name: 'Somebody else changed this view' }).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await second.reload()
  await row(second, 'run-029').waitFor()
  await menu(page, 'Save changes')
  await button(page, 'Overwrite').click()
  await until('overwritten', async () => (await page.getByTitle('Changed since it was saved').count()) === 0)

  await menu(page, 'Delete “curves”')
  await button(page, 'Delete the view').click()
  await button(page, 'View: Default').waitFor()
  await row(page, 'run-039').waitFor()
  assert.ok(!page.url().includes('view='))
  await comeBack(second)
  await second.getByRole('button', { name: 'View: curves (deleted)' }).click()
  await second.getByText('This view was deleted.').waitFor()
  assert.equal(await second.getByRole('menuitem', { name: /Rename|Delete|Save changes/ }).count(), 0)
  await second.getByRole('menuitem', { name: 'Save as new…' }).click()
  await second.keyboard.type('again')
  await second.keyboard.press('Enter')
  await button(second, 'View: again').waitFor()
  await row(second, 'run-029').waitFor()
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

/** Private views stay in their browser; an experiment opens with the view that somebody chose for it. */
export async function defaultView({ page, context, given }) {
  const menu = async (where, name, role = 'menuitem') => {
    await where.getByRole('button', { name: /^View:/ }).click()
    await where.getByRole(role, { name }).click()
  }
  const save = async (name, isPrivate) => {
    await menu(page, 'Save as new…')
    if (isPrivate) await page.getByRole('checkbox', { name: 'Private' }).check()
    await page.getByRole('textbox', { name: 'Name of the view' }).fill(name)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: `View: ${name}` }).waitFor()
  }
  await page.goto(`${given.address}/jobs?experiment=1&q=run-00&col=params.lr`)
  await row(page, 'run-009').waitFor()
  await save('mine', true)
  const other = await context.browser().newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 } })
  const second = await other.newPage()
  // The link shows the same where the view is not known.
  await second.goto(page.url())
  await row(second, 'run-009').waitFor()
  await second.getByRole('button', { name: 'View: Default' }).click()
  await second.getByRole('menuitemradio', { name: 'Default' }).waitFor()
  assert.equal(await second.getByText('mine').count(), 0)
  await second.keyboard.press('Escape')

  await page.reload()
  await row(page, 'run-009').waitFor()
  await menu(page, 'Share “mine” with everybody')
  await until('it is shared', async () => !page.url().includes('view=private'))
  await menu(page, 'Open digits with this view')
  await second.goto(`${given.address}/jobs?experiment=1`)
  await second.getByRole('button', { name: 'View: mine' }).waitFor()
  await row(second, 'run-009').waitFor()
  assert.deepEqual(new URL(second.url()).searchParams.getAll('col'), ['params.lr'])
  assert.equal(await second.locator('.jobs-body').count(), 10)
  // The same view serves another experiment; the built-in one is a link away.
  await second.goto(`${given.address}/jobs?experiment=0`)
  await menu(second, 'mine', 'menuitemradio')
  await second.getByRole('heading', { name: 'No run matches' }).waitFor()
  assert.equal(new URL(second.url()).searchParams.get('experiment'), '0')
  await second.goto(`${given.address}/jobs?experiment=1`)
  await menu(second, 'Default', 'menuitemradio')
  await row(second, 'run-020').waitFor()
  assert.equal(new URL(second.url()).searchParams.get('view'), 'default')
  await second.reload()
  await row(second, 'run-020').waitFor()

  // A view that is gone opens nothing.
  await menu(page, 'Delete “mine”')
  await page.getByRole('button', { name: 'Delete the view' }).click()
  await page.getByRole('button', { name: 'View: Default' }).waitFor()
  await second.goto(`${given.address}/jobs?experiment=1`)
  await row(second, 'run-020').waitFor()
  await second.getByRole('button', { name: 'View: Default' }).waitFor()
  await menu(second, 'Open digits with Default')
  await other.close()
}
