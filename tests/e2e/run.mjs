// Runs one scenario: `node run.mjs NAME ARGUMENTS-AS-JSON`.
//
// A scenario asks the test that started it for things outside the browser, such as a stop of the server: it writes
// a line with the action's name and waits for an answering line.
import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { launch } from './browser.mjs'
import * as scenarios from './scenarios/index.mjs'

const [name, text] = process.argv.slice(2)
const given = JSON.parse(text)
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]()

async function ask(action) {
  console.log(`ask ${action}`)
  const { value, done } = await answers.next()
  if (done || value !== 'done') throw new Error(`${action}: ${value}`)
}

const browser = await launch()
// Headless Chromium takes its language from the environment, which may be none that scripts know.
const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 }, acceptDownloads: true })
context.setDefaultTimeout(20_000)
const page = await context.newPage()
const complaints = []
// What a scenario provokes on purpose, as regular expressions.
const expected = []
page.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
page.on('console', (message) => {
  // The browser itself logs each answer of 4xx and each lost connection.
  if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text())
})
try {
  await scenarios[name]({ page, context, given, ask, expected })
  const others = complaints.filter((text) => !expected.some((each) => each.test(text)))
  if (others.length > 0) throw new Error(`The page complained:\n${others.join('\n')}`)
} catch (error) {
  const folder = fileURLToPath(new URL('../../.cache/e2e/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: `${folder}${name}.png` }).catch(() => undefined)
  console.error(error)
  console.error(`At ${page.url()}; see .cache/e2e/${name}.png`)
  process.exitCode = 1
} finally {
  await browser.close()
  process.stdin.destroy()
}
