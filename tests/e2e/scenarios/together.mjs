// Two people at the same things: nobody's words are written over in silence, and no page shows for long what is gone.
import assert from 'node:assert/strict'
import { row, until } from './page.mjs'

/** Another browser at the same server. */
async function somebodyElse(context) {
  const other = await context.browser().newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 } })
  other.setDefaultTimeout(20_000)
  return other.newPage()
}

const description = (page) => page.getByRole('textbox', { name: 'Description in Markdown' })

export async function twoEditors({ page, context, given }) {
  const other = await somebodyElse(context)
  for (const each of [page, other]) {
    await each.goto(`${given.address}/jobs/${given.run}`)
    await each.getByText('A note about the run.').waitFor()
    await each.getByRole('button', { name: 'Edit the description' }).click()
  }
  await description(page).fill('Mine.')
  await description(other).fill('Theirs.')
  await description(other).press('Control+Enter')
  // The field itself would be found by its text: only when it is gone is anything stored.
  await description(other).waitFor({ state: 'detached' })
  await other.getByText('Theirs.').waitFor()
  // What was typed stays, and what the other wrote is told before it goes.
  await description(page).press('Control+Enter')
  await page.getByRole('alert').getByText('The description is “Theirs.” meanwhile.').waitFor()
  assert.equal(await description(page).inputValue(), 'Mine.')
  assert.equal(await other.getByText('Mine.').count(), 0)
  await description(page).press('Control+Enter')
  await description(page).waitFor({ state: 'detached' })
  await page.getByText('Mine.').waitFor()
  await other.getByText('Mine.').waitFor()

  // The same of tags, also of one that somebody adds with a name that is taken by now, or removes.
  for (const each of [page, other]) {
    await each.getByRole('button', { name: 'Add', exact: true }).click()
    await each.getByRole('textbox', { name: 'Name of the tag' }).fill('stage')
    await each.keyboard.press('Enter')
    await each.getByRole('textbox', { name: 'Value of stage' }).fill(each === page ? 'mine' : 'theirs')
  }
  await other.keyboard.press('Enter')
  await other.getByRole('button', { name: 'Change stage' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('stage is “theirs” meanwhile.').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Change stage' }).click()
  await page.getByRole('textbox', { name: 'Value of stage' }).fill('mine')
  await page.keyboard.press('Enter')
  await until('the other sees it', async () => (await other.locator('.tag-row').filter({ hasText: 'stage' }).innerText()).includes('mine'))

  // A run that is deleted says so where it is open, and a list drops it.
  await page.goto(`${given.address}/jobs`)
  await row(page, 'finished-run').getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await other.getByText('This job is in the trash').waitFor()
  const trash = await other.context().newPage()
  await trash.goto(`${given.address}/trash`)
  await row(trash, 'finished-run').waitFor()
  await page.goto(`${given.address}/trash`)
  await page.getByRole('button', { name: 'Empty trash…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for ever' }).click()
  await trash.getByRole('heading', { name: 'The trash is empty' }).waitFor()
  await other.getByRole('heading', { name: 'The run could not be loaded' }).waitFor()
  await other.close()
}
