// Files and logs of a run.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { until } from './page.mjs'

export async function outputs({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.run}/outputs`)
  await page.getByRole('treeitem', { name: 'notes.txt' }).click()
  await page.getByText('line 1: größe').waitFor()
  assert.equal(new URL(page.url()).searchParams.get('path'), 'notes.txt')

  await page.getByRole('treeitem', { name: 'plots' }).click()
  await page.getByRole('treeitem', { name: 'picture.png' }).click()
  const image = page.locator('.image-view img')
  await until('the image is drawn', () => image.evaluate(({ naturalWidth }) => naturalWidth === 3))
  await page.getByText('3 × 2').waitFor()

  // A direct link opens the folders above the file.
  await page.goto(`${given.address}/jobs/${given.run}/outputs?path=deep%2Fer%2Fweights.bin`)
  await page.getByRole('treeitem', { name: 'weights.bin' }).waitFor()
  await page.getByText('No preview for this kind of file').waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.preview').getByText('Download', { exact: true }).click(),
  ])
  assert.equal(download.suggestedFilename(), 'weights.bin')
  assert.deepEqual(readFileSync(await download.path()), Buffer.from(given.weights, 'base64'))

  // So does one to a folder, and a name that no file can have gets its reason.
  await page.goto(`${given.address}/jobs/${given.run}/outputs?path=deep`)
  await page.getByRole('treeitem', { name: 'er', exact: true }).waitFor()
  await page.locator('.preview').getByRole('button', { name: 'er', exact: true }).click()
  await page.locator('.preview').getByRole('button', { name: 'weights.bin' }).click()
  await page.getByText('No preview for this kind of file').waitFor()
  await page.goto(`${given.address}/jobs/${given.run}/outputs?path=odd%23name.txt`)
  await page.getByText("holds a backslash or a '#'").waitFor()
  await page.getByRole('treeitem', { name: 'western.txt' }).click()
  await page.getByText('Größe in Metern').waitFor()
  await page.getByText('Windows-1252', { exact: false }).waitFor()

  // One folder, and everything.
  const [folder] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download deep as a zip' }).click({ force: true }),
  ])
  assert.equal(folder.suggestedFilename(), 'deep.zip')
  const [all] = await Promise.all([
    page.waitForEvent('download'),
    page.getByText('Download all', { exact: true }).click(),
  ])
  assert.equal(all.suggestedFilename(), 'finished-run.zip')
  await all.saveAs(given.all)
  await folder.saveAs(given.folder)
}

/** A log opens by itself at its end, follows what is written, and stays where one scrolls to. */
export async function logs({ page, given, ask }) {
  await page.goto(`${given.address}/jobs/${given.run}/outputs`)
  const view = page.locator('.text-view')
  await view.getByText('line 2999').waitFor()
  assert.equal(await page.getByRole('treeitem', { name: 'std_log.txt' }).getAttribute('aria-selected'), 'true')
  const red = view.getByText('warning', { exact: true })
  const [color, plain] = [await red.evaluate((each) => getComputedStyle(each).color), await view.evaluate((each) => getComputedStyle(each).color)]
  assert.notEqual(color, plain)
  await view.getByText('100%|####|').waitFor()
  assert.equal(await view.getByText(' 50%').count(), 0)
  await ask('write')
  await view.getByText('the newest line').waitFor()
  await view.evaluate((each) => (each.scrollTop = 0))
  await view.getByText('line 0', { exact: true }).waitFor()
  await ask('write')
  await page.waitForTimeout(1500)
  await view.getByText('line 0', { exact: true }).waitFor()

  // A log that is too long to be loaded whole opens at its end, too.
  await page.getByRole('treeitem', { name: 'big.log' }).click()
  await view.getByText('big line 99999', { exact: true }).waitFor()
  await page.getByText('100,000 lines', { exact: true }).waitFor()
}
