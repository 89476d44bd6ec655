// The trash.
import assert from 'node:assert/strict'
import { row, searchField, until } from './page.mjs'

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

/** Checked runs are put aside and had back; a job says that it is; other pages hear of it. */
export async function archive({ page, context, given }) {
  await page.goto(`${given.address}/jobs`)
  const gone = (name) => until(`${name} is gone`, async () => (await row(page, name).count()) === 0)
  const check = (name) => row(page, name).getByRole('checkbox').check()
  await check('first')
  await check('second')
  await page.getByRole('button', { name: 'Archive', exact: true }).click()
  await page.getByText('2 runs archived').waitFor()
  await gone('first')
  await page.getByRole('button', { name: 'Undo' }).click()
  await row(page, 'first').waitFor()

  await check('first')
  await page.keyboard.press('Control+k')
  await page.getByRole('option', { name: 'Archive 1 checked run' }).click()
  await gone('first')
  assert.equal(await page.locator('.jobs-body').count(), 2)
  await page.locator('.jobs-foot').filter({ hasText: /^2 runs.*1 archived$/s }).waitFor()

  // What the search does not find may be archived.
  await searchField(page).fill('first')
  await page.getByRole('heading', { name: 'No run matches' }).waitFor()
  await page.getByRole('button', { name: 'Show 1 archived run that matches' }).click()
  await page.getByRole('heading', { name: 'Archived jobs' }).waitFor()
  await page.waitForURL(/archived=1/)
  await page.getByRole('link', { name: 'first' }).click()
  await page.getByText('Archived', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Unarchive' }).click()
  await page.getByRole('button', { name: 'Archive', exact: true }).click()
  await page.getByText('Archived', { exact: true }).waitFor()

  // A script does it, while the list is open.
  await page.goto(`${given.address}/jobs`)
  await row(page, 'third').waitFor()
  await context.request.post(`${given.address}/api/2.0/mlflow/runs/set-tag`, { data: { run_id: given.third, key: 'runyard.archived', value: 'true' } })
  await gone('third')
  await page.getByRole('button', { name: '2 archived' }).click()
  await row(page, 'third').waitFor()
  await check('third')
  await check('first')
  await page.getByRole('button', { name: 'Unarchive' }).click()
  await page.getByRole('heading', { name: 'No run is archived' }).waitFor()
  await page.getByRole('button', { name: 'Back to jobs' }).click()
  await row(page, 'third').waitFor()
  assert.equal(await page.locator('.jobs-body').count(), 3)
}
