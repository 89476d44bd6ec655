// A run's page.
import assert from 'node:assert/strict'
import { drawn, isMarked, mark, row, until } from './page.mjs'

/** Everything that can be seen can be linked, and the back button goes back. */
export async function links({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.run}/metrics?m=loss&smooth=0.6&log=1&x=relative&zoom=1~3~loss`)
  const { from, to } = await drawn(page, 'loss')
  assert.deepEqual([from, to], [1, 3])
  assert.equal(await page.locator('figure').count(), 1)
  assert.equal(await page.locator('.smoothing-value').innerText(), '0.60')
  assert.ok(await page.getByRole('checkbox', { name: 'Log y' }).isChecked())
  assert.equal(await page.getByRole('combobox', { name: 'x axis' }).inputValue(), 'relative')

  await page.getByRole('tab', { name: 'Overview' }).click()
  await page.getByText('batch_size').waitFor()
  assert.equal(new URL(page.url()).pathname, `/jobs/${given.run}`)
  await page.goBack()
  await drawn(page, 'loss')
  assert.equal(new URL(page.url()).searchParams.get('smooth'), '0.6')
  await page.locator('.topbar').getByRole('link', { name: 'Jobs' }).click()
  await row(page, 'finished-run').waitFor()
}

export async function overview({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.run}`)
  await page.getByText('batch_size').waitFor()
  await page.getByRole('searchbox').fill('batch')
  await until('searched', async () => (await page.getByText('param_1').count()) === 0)
  await page.getByText('A note about the run.').waitFor()
  await page.getByText('vision').waitFor()
  assert.equal(await page.title(), 'finished-run · Runyard')
}

export async function dark({ page, given }) {
  const ground = () => page.locator('.frame').evaluate((element) => getComputedStyle(element).backgroundColor)
  const light = ([red]) => Number(red) > 200
  const channels = async () => (await ground()).match(/\d+/g)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(`${given.address}/jobs/${given.run}/metrics`)
  await drawn(page, 'loss')
  assert.ok(light(await channels()))
  await mark(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await until('dark', async () => !light(await channels()))
  await drawn(page, 'loss')
  assert.ok(await isMarked(page))
}

export async function unknown({ page, given }) {
  await page.goto(`${given.address}/jobs/ffffffffffffffffffffffffffffffff/metrics`)
  const alert = page.getByRole('alert')
  await alert.getByText('The run could not be loaded').waitFor()
  await alert.getByText('ffffffffffffffffffffffffffffffff').waitFor()
  await alert.getByRole('button', { name: 'Try again' }).waitFor()
  await alert.getByRole('link', { name: 'All jobs' }).click()
  await row(page, 'finished-run').waitFor()
  await page.goto(`${given.address}/no/such/page`)
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
}

/** Name, description and tags are changed where they stand, and the server has them. */
export async function edit({ page, given }) {
  const path = `${given.address}/jobs/${given.run}`
  await page.goto(path)
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('another name')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'another name' }).waitFor()
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.keyboard.type('never saved')
  await page.keyboard.press('Escape')
  await page.getByRole('heading', { name: 'another name' }).waitFor()

  await page.getByRole('button', { name: 'Edit the description' }).click()
  const text = '# Why\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<script>window.bad = 1</script> ![picture](http://127.0.0.1:9/x.png)'
  await page.getByRole('textbox', { name: 'Description in Markdown' }).fill(text)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('cell', { name: '2' }).waitFor()
  await page.getByRole('heading', { name: 'Why' }).waitFor()
  assert.equal(await page.locator('.markdown img, .markdown script').count(), 0)
  assert.equal(await page.evaluate(() => window.bad), undefined)

  await page.getByRole('button', { name: 'Add' }).click()
  await page.keyboard.type('owner')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: 'Value of owner' }).fill('grace')
  await page.keyboard.press('Enter')
  await page.getByText('grace').waitFor()
  await page.getByRole('button', { name: 'Change team' }).click()
  await page.getByRole('textbox', { name: 'Value of team' }).fill('audio')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('audio').waitFor()
  await page.getByRole('button', { name: 'Remove owner' }).click()
  await until('the tag is gone', async () => (await page.getByText('grace').count()) === 0)

  await page.reload()
  await page.getByText('audio').waitFor()
  await page.getByRole('heading', { name: 'another name' }).waitFor()
  // A rule that the server has is told where the text stands.
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('x'.repeat(9000))
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('name').waitFor()
}
