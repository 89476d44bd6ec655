// Drives the browser for benchmarks/studio: a line of JSON with what to measure, a line with what was found.
import { createInterface } from 'node:readline'
import { launch } from '../../tests/e2e/browser.mjs'
import * as mlflow from './mlflow.mjs'
import { recorder } from './recorder.mjs'
import * as runyard from './runyard.mjs'

const SITES = { runyard, mlflow }
const VIEWPORT = { width: 1440, height: 900 }
/** Seconds after which a measurement is given up, unless it says so itself. */
const PATIENCE = 100

const browser = await launch()
answer({ found: `Chromium ${browser.version()}` })
for await (const line of createInterface({ input: process.stdin })) {
  const { site, name, given } = JSON.parse(line)
  const { patience = PATIENCE } = given
  const contexts = []
  // A context of its own has an empty cache.
  const open = async ({ height = VIEWPORT.height } = {}) => {
    const viewport = { ...VIEWPORT, height }
    const context = await browser.newContext({ locale: 'en-US', viewport, deviceScaleFactor: 1 })
    context.setDefaultTimeout(patience * 1000)
    await context.addInitScript(recorder)
    contexts.push(context)
    return context
  }
  try {
    answer({ found: await Promise.race([SITES[site][name]({ open, given }), impatience(name, patience)]) })
  } catch (error) {
    answer({ error: `${name}: ${error.stack ?? error}` })
  }
  for (const context of contexts) await context.close().catch(() => undefined)
}
await browser.close()

function answer(text) {
  console.log(JSON.stringify(text))
}

function impatience(name, seconds) {
  return new Promise((_resolve, reject) => setTimeout(() => reject(new Error(`${name} took more than ${seconds} s`)), seconds * 1000).unref())
}
