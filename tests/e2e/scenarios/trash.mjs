// The trash.
import assert from 'node:assert/strict'
import { row, until } from './page.mjs'

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
