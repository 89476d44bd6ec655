// Deleting for ever, what runs use, and experiments in the trash.
import assert from 'node:assert/strict'
import { row, until } from './page.mjs'

/** The confirmation names what goes and what stays; then it is gone, and the freed space is told. */
export async function purge({ page, given }) {
  await page.goto(`${given.address}/trash`)
  await row(page, 'first').getByText('1.0 MB').waitFor()
  await row(page, 'first').getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Delete for ever…' }).last().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Delete 1 run for ever?').waitFor()
  await dialog.getByText('1 run with').waitFor()
  // The keyboard stays within, and Escape leaves all as it is.
  for (let step = 0; step < 4; step++) await page.keyboard.press('Tab')
  assert.ok(await dialog.evaluate((element) => element.contains(document.activeElement)))
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await until('the focus is where it was', () => page.evaluate(() => document.activeElement?.textContent === 'Delete for ever…'))

  await page.getByRole('button', { name: 'Empty trash…' }).click()
  await dialog.getByText('2 runs and 1 experiment').waitFor()
  await dialog.getByText('4 points and 1 file').waitFor()
  await dialog.getByText('needed by the registered model digits model 1').waitFor()
  for (const name of ['first', 'of old digits', 'old digits']) await dialog.getByText(name, { exact: true }).waitFor()
  await dialog.getByRole('button', { name: 'Delete for ever', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
  const result = page.getByRole('status').filter({ hasText: '2 runs and 1 experiment deleted' })
  await until('the freed space is told', async () => /1\.\d MB freed/.test((await result.textContent()) ?? ''))
  await until('only the kept run is left', async () => (await page.locator('.jobs-body').count()) === 1)
  await row(page, 'kept').waitFor()
  await page.goto(`${given.address}/jobs/${given.first}`)
  await page.getByText(`No run with run_id '${given.first}' exists.`).waitFor()
}

/** Experiments say what they use, are renamed, go to the trash with their runs, and come back. */
export async function experiments({ page, given }) {
  await page.goto(`${given.address}/experiments`)
  const digits = row(page, 'digits')
  const size = digits.getByText('1.0 MB')
  await size.waitFor()
  assert.match(await size.getAttribute('title'), /Artifacts 1\.0 MB \(2 files, of which logs 5\.0 kB\)/)
  await digits.hover()
  await page.getByRole('button', { name: 'Rename digits' }).click()
  await page.getByLabel('Name of the experiment').fill('Default')
  await page.keyboard.press('Enter')
  await page.getByText('already exists').waitFor()
  await page.getByLabel('Name of the experiment').fill('letters')
  await page.keyboard.press('Enter')
  await row(page, 'letters').getByRole('link', { name: 'letters' }).focus()
  await page.getByRole('button', { name: 'Delete letters' }).click()
  await page.getByText('“letters” and its runs moved to the trash').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await row(page, 'letters').waitFor()
  await page.getByRole('button', { name: 'Delete letters' }).click()
  await until('it is gone', async () => (await row(page, 'letters').count()) === 0)

  await page.getByRole('link', { name: 'Trash' }).click()
  await row(page, 'a job').waitFor()
  const trashed = page.getByRole('region', { name: 'Experiments in the trash' })
  await trashed.getByText('1 run', { exact: true }).waitFor()
  await trashed.getByRole('button', { name: 'Restore' }).click()
  await page.getByRole('heading', { name: 'The trash is empty' }).waitFor()

  await page.goto(`${given.address}/jobs/${given.run}`)
  await page.locator('.properties').getByText('1.0 MB').waitFor()
}
