// Logs of any size, files of every kind, folders of many files, and files of two runs beside each other.
import assert from 'node:assert/strict'
import { until } from './page.mjs'

const content = (page) => page.getByRole('region', { name: 'Content' })
const line = (page, number) => content(page).locator(`[data-index="${number - 1}"]`)

/** Lines far from where a long log opens are found, linked and wrapped; what is read is a small part of it. */
export async function longLog({ page, given }) {
  let read = 0
  page.on('response', (response) => {
    // Other answers tell the size alone, or go to the worker, which reads all.
    if (response.status() === 206) read += Number(response.headers()['content-length'] ?? 0)
  })
  let count = () => undefined
  const counted = new Promise((resolve) => (count = resolve))
  await page.route('**/artifact-lines?**', (route) => counted.then(() => route.continue()))
  await page.goto(`${given.address}/jobs/${given.run}/outputs`)
  await page.getByText('counting lines…').waitFor()
  await line(page, 1).waitFor({ state: 'detached' })
  // Who types while lines are counted goes on to type when they are.
  const find = page.getByPlaceholder('Search the file')
  await find.pressSequentially('NEED')
  count()
  await page.getByText(`${given.lines.toLocaleString('en-US')} lines`, { exact: true }).waitFor()
  await line(page, given.lines).getByText(`the end is line ${given.lines}`).waitFor()
  await page.keyboard.type('LE')
  assert.equal(await find.inputValue(), 'NEEDLE')

  // The server finds text, and Enter goes from line to line; the link opens the same for somebody else.
  // Before anything can be found.
  await find.press('Enter')
  await page.getByText('1 of 3 lines', { exact: true }).waitFor()
  await find.press('Enter')
  await page.getByText('2 of 3 lines', { exact: true }).waitFor()
  await line(page, given.needles[1]).locator('mark').getByText('needle', { exact: true }).waitFor()
  const other = await page.context().newPage()
  await other.goto(page.url())
  await line(other, given.needles[1]).and(other.locator('[data-chosen]')).waitFor()
  await other.getByText('2 of 3 lines', { exact: true }).waitFor()
  await other.close()

  // A worker matches expressions; one that makes no sense says so.
  await page.getByRole('button', { name: 'Regular expression' }).click()
  await find.fill('^needle (\\w)\\1$')
  await page.getByText('1 line', { exact: true }).waitFor()
  await find.press('Enter')
  await line(page, given.needles[2]).locator('mark').getByText('needle bb', { exact: true }).waitFor()
  await find.fill('needle (')
  await page.getByText(/[Uu]nterminated group/).waitFor()
  await find.fill('(x+x+)+y')
  await page.getByText('This expression takes too long; a simpler one may do.').waitFor()
  await find.fill('')

  // Numbers are links to lines; with Shift to several.
  await line(page, given.needles[2]).locator('[data-number]').click()
  await until('the line is let go', () => !page.url().includes('line='))
  await line(page, given.needles[2]).locator('[data-number]').click()
  await line(page, given.needles[2] + 2).locator('[data-number]').click({ modifiers: ['Shift'] })
  assert.equal(new URL(page.url()).searchParams.get('line'), `${given.needles[2]}-${given.needles[2] + 2}`)
  await page.getByRole('button', { name: /^Copy lines/ }).waitFor()

  // Wrapped, a long line is as high as its rows, and the end can be reached.
  await page.getByRole('checkbox', { name: 'Wrap' }).check()
  await until('the long line is wrapped', async () => (await line(page, given.needles[2] + 1).boundingBox()).height > 60)
  await content(page).press('End')
  await line(page, given.lines).getByText('the end is line').waitFor()
  const [view, last] = [await content(page).boundingBox(), await line(page, given.lines).boundingBox()]
  assert.ok(Math.abs(view.y + view.height - last.y - last.height) < 4, 'the last line stands at the bottom')
  assert.ok(read < given.size / 3, `${read} bytes were read for a few screens of ${given.size}`)
}

/** Each kind of file is shown as what it is, and HTML where it can reach nothing. */
export async function previews({ page, given, expected }) {
  // The scripts of artifacts try what they must not do.
  expected.push(/Content Security Policy/, /^Blocked script execution in 'about:srcdoc'/)
  const open = (path, more = '') => page.goto(`${given.address}/jobs/${given.run}/outputs?path=${encodeURIComponent(path)}${more}`)
  const preview = page.locator('.preview')

  await open('config.json')
  await page.getByRole('treeitem', { name: 'layers: [2]' }).click()
  await page.getByRole('treeitem', { name: '1: 4', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Text', exact: true }).click()
  await content(page).getByText('"layers"').waitFor()
  assert.equal(new URL(page.url()).searchParams.get('raw'), '1')

  // Code has colours; what is searched is marked through them, and the text stays as it was written.
  await open('code/train.py', '&find=rate%3D0')
  const colorOf = (text) => content(page).getByText(text, { exact: true }).first().evaluate((part) => getComputedStyle(part).color)
  await content(page).getByText('# <b>slow</b>', { exact: true }).waitFor()
  assert.equal(new Set([await colorOf('def'), await colorOf('train'), await colorOf('.1'), await colorOf('# <b>slow</b>')]).size, 4)
  assert.deepEqual(await line(page, 1).locator('mark').allInnerTexts(), ['rate=', '0'])
  assert.equal(await line(page, 1).locator('.text-content').innerText(), given.code)

  await open('table.csv')
  await preview.getByText('3 rows, 3 columns').waitFor()
  assert.deepEqual(await page.getByRole('row').nth(1).getByRole('cell').allInnerTexts(), ['1', 'a, b', 'two lines'])

  // Of a Parquet file the last page is read by its link, and the one before with a click.
  await open('table.parquet', '&page=3')
  await preview.getByText('Rows 2,001 to 2,500 of 2,500, 3 columns').waitFor()
  await page.getByRole('row').filter({ hasText: '4611686018427389904' }).waitFor()
  await page.getByRole('button', { name: 'Previous page' }).click()
  await preview.getByText('Rows 1,001 to 2,000 of 2,500').waitFor()
  assert.deepEqual(await page.getByRole('row').nth(1).getByRole('cell').allInnerTexts(), ['4611686018427388904', 'null', '["x"]'])

  await open('page.html')
  const inside = page.frameLocator('.preview-frame')
  await inside.getByText('origin null, parent blocked, api blocked').waitFor()
  await page.getByRole('checkbox', { name: 'Load from other sites' }).check()
  await until('the frame is another one', () => page.locator('.preview-frame').evaluate((frame) => frame.src.includes('frame=network')))
  await inside.getByText('origin null, parent blocked, api blocked').waitFor()

  await open('analysis.ipynb')
  await page.getByRole('heading', { name: 'Findings' }).waitFor()
  await preview.getByText('print(1)').waitFor()
  await until('the cell has colours', async () => (await preview.locator('.cell-source span span').count()) > 1)
  const output = page.frameLocator('.cell-frame')
  await output.getByRole('cell', { name: 'a table' }).waitFor()
  assert.equal(await output.getByText('a script ran').count(), 0)
  await open('README.md')
  await page.getByRole('heading', { name: 'Read me' }).waitFor()
  assert.equal(await preview.locator('.preview-note').count(), 0)
  // How a text was read is said where that does not go without saying.
  for (const [path, note] of [['latin.json', 'Windows-1252 (Latin-1)'], ['broken.md', /can’t be read is shown as/], ['wide.ipynb', 'UTF-16']]) {
    await open(path)
    await preview.locator('.preview-note').getByText(note).waitFor()
  }
  await open('sound.wav')
  await until('the sound can be played', () => page.locator('audio').evaluate(({ duration }) => duration === 1))
  await open('model.pkl')
  await page.getByText('No preview for this kind of file').waitFor()
  await open('nothing.txt')
  await page.getByText('There is no such file').waitFor()
}

/** A folder of many files is shown in parts, and any of them is found by its name. */
export async function manyFiles({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.run}/outputs`)
  await page.getByRole('treeitem', { name: 'system_logs' }).waitFor()
  assert.equal(await page.getByRole('treeitem', { name: 'system_logs' }).getAttribute('aria-expanded'), 'false')
  await page.getByRole('treeitem', { name: 'many' }).click()
  await page.getByRole('treeitem', { name: 'The first 2,000: load more' }).click()
  await page.getByRole('treeitem', { name: 'file-2004.txt' }).waitFor()
  assert.equal(await page.getByRole('treeitem', { name: /load more/ }).count(), 0)

  await page.getByPlaceholder('Find files').fill('FILE-2003')
  await page.getByRole('treeitem', { name: 'many/file-2003.txt' }).click()
  await content(page).getByText('number 2003').waitFor()
  assert.equal(new URL(page.url()).searchParams.get('files'), 'FILE-2003')
  await page.getByPlaceholder('Find files').fill('no such name')
  await page.getByText('No path contains “no such name”.').waitFor()
}

/** A file of two runs is compared line by line; the link holds what is compared, and how. */
export async function compareFiles({ page, given }) {
  await page.goto(`${given.address}/compare?run=${given.runs[0]}&run=${given.runs[1]}`)
  await page.getByRole('tab', { name: 'Files' }).click()
  assert.deepEqual(await page.getByRole('option', { name: 'only.txt' }).innerText(), 'only.txt\n1 run')
  await page.getByRole('option', { name: 'conf.yaml' }).click()
  await page.getByText('+1 −1 lines').waitFor()
  const sides = page.locator('.diff-row').filter({ hasText: 'lr:' }).locator('.diff-side')
  assert.deepEqual((await sides.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim()), ['40−lr: 0.1', '40+lr: 0.2'])
  await page.getByRole('button', { name: '36 equal lines: show' }).click()
  await page.getByText('option 1: on').first().waitFor()
  await page.getByRole('button', { name: 'Swap the runs' }).click()
  await until('the sides are swapped', async () => (await sides.first().innerText()).includes('lr: 0.2'))
  await page.getByRole('checkbox', { name: 'Unified' }).check()

  const other = await page.context().newPage()
  await other.goto(page.url())
  await until('the link opens the same', async () => (await other.locator('.diff-removed').allInnerTexts()).join().includes('lr: 0.2'))
  await other.close()
  await page.getByRole('option', { name: 'same.txt' }).click()
  await page.getByText('The files are equal, line by line').waitFor()
  await page.getByRole('option', { name: 'weights.bin' }).click()
  await page.getByText('The file on the left is no text.').waitFor()
}
