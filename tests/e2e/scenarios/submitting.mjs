// Jobs that the server runs.
import assert from 'node:assert/strict'
import { isMarked, mark, row, until } from './page.mjs'

const status = (page, word) => page.locator('.job-facts').getByText(word, { exact: true }).waitFor()

/** A job from the form to its end, another like it that is canceled, and one that waits. */
export async function writeJob({ page, given, ask }) {
  await page.goto(`${given.address}/queue`)
  await page.getByRole('heading', { name: 'Nothing waits, nothing runs' }).waitFor()
  await page.getByText(`runyard job create -f job.yml --server ${given.address}`).waitFor()
  await page.getByRole('main').getByRole('button', { name: 'New job' }).last().click()

  const text = page.getByRole('textbox', { name: 'Job file as YAML' })
  await page.getByLabel('Command').fill(`echo "begun \${{inputs.word}}"; while [ ! -f ${given.go} ]; do sleep 0.1; done; echo ended`)
  await page.getByLabel('Display name').fill('from the form')
  await page.getByRole('button', { name: 'Add an input' }).click()
  await page.getByLabel('Name of input 1').pressSequentially('word')
  await page.getByLabel('Value of input 1').pressSequentially('now')
  assert.match(await text.inputValue(), /display_name: from the form\ninputs:\n {2}word: now\n$/)

  // What is wrong stands at its line, and is gone when it is put right in the text.
  await page.getByLabel('Nodes').fill('many')
  const problem = page.getByRole('button', { name: /line 6 resources\.instance_count It must be an integer/ })
  await problem.waitFor()
  await page.getByRole('button', { name: 'Submit' }).click()
  assert.equal(await page.evaluate(() => document.activeElement?.value.split('\n')[5]), '  instance_count: many')
  await text.fill((await text.inputValue()).replace('many', '1'))
  await until('the form follows the text', async () => (await page.getByLabel('Nodes').inputValue()) === '1')
  await page.getByText('Nothing is wrong with it.').waitFor()
  await page.getByRole('button', { name: 'Submit' }).click()

  await page.waitForURL(/\/jobs\/[a-z]+-[a-z]+-\w+$/)
  const first = page.url()
  await mark(page)
  await status(page, 'Running')
  await page.getByRole('tab', { name: 'Outputs + logs' }).click()
  await page.getByText('begun now').first().waitFor()
  await ask('go')
  await page.getByText('ended', { exact: true }).waitFor()
  await status(page, 'Completed')
  await page.getByRole('tab', { name: 'Overview' }).click()
  const passed = page.getByRole('region', { name: 'Progress' }).getByRole('listitem')
  await until('the last state', async () => (await passed.last().innerText()).startsWith('Completed'))
  assert.ok((await passed.first().innerText()).startsWith('Queued'))
  assert.ok(await isMarked(page), 'the page was not loaded again')
  assert.ok(await page.getByRole('button', { name: 'Cancel' }).isDisabled())

  // Another one like it.
  await page.getByRole('button', { name: 'Clone' }).click()
  await page.getByText('Like').getByRole('link', { name: 'from the form' }).waitFor()
  await page.getByLabel('Command').fill('sleep 600')
  await page.getByLabel('Display name').fill('sleeps')
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.waitForURL((url) => /\/jobs\/[a-z]+-[a-z]+-\w+$/.test(url.href) && url.href !== first)
  await status(page, 'Running')

  // One that has no room beside it.
  await page.getByRole('link', { name: 'Queue', exact: true }).click()
  await row(page, 'sleeps').getByText('Running').waitFor()
  await ask('submit')
  await row(page, 'waits for room').getByText(/It needs 2 processors/).waitFor()
  await row(page, 'waits for room').getByRole('button', { name: 'Cancel waits for room' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the job' }).click()
  await until('it waits no more', async () => (await row(page, 'waits for room').count()) === 0)

  await row(page, 'sleeps').getByRole('link', { name: 'sleeps' }).click()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await dialog.getByRole('button', { name: 'Cancel the job' }).click()
  await status(page, 'Canceled')
  await page.getByRole('link', { name: 'Jobs', exact: true }).last().click()
  await row(page, 'sleeps').getByText('Canceled').waitFor()
  await row(page, 'from the form').getByText('Completed').waitFor()
}

/** Why a job failed, on which of its processes, and with which code. */
export async function readJob({ page, given }) {
  await page.goto(`${given.address}/jobs/${given.job}`)
  await page.getByRole('region', { name: 'Progress' }).getByText(/ended with exit code 3\. Its last line: trains/).waitFor()
  const processes = page.getByRole('table')
  assert.equal(await processes.getByRole('row').count(), 3)
  await processes.getByRole('row').nth(1).getByText('Stopped').waitFor()
  await processes.getByRole('row').nth(2).getByText('Failed').waitFor()
  await page.getByText('code: ./src').waitFor()
  await processes.getByRole('link', { name: 'std_log_process_01.txt' }).click()
  await page.getByRole('region', { name: 'Content' }).getByText('trains').waitFor()

  await page.getByRole('tab', { name: 'Code' }).click()
  // The file that the command names is open.
  await page.getByRole('region', { name: 'Content' }).getByText('sys.exit(3)').waitFor()
  await page.getByRole('treeitem', { name: 'models' }).click()
  await page.getByRole('treeitem', { name: 'net.py' }).click()
  await page.getByText('class Net').first().waitFor()
  await page.waitForURL(/path=models%2Fnet\.py/)
  await page.getByRole('searchbox', { name: 'Find files' }).fill('TRAIN')
  await page.getByRole('button', { name: 'train.py' }).click()
  await page.locator('.text-number[data-number="3"]').click()
  await page.waitForURL(/line=3/)
}
