// Pictures of the studio's pages: `node screenshots.mjs ADDRESS FOLDER [NAME…]`, of a server that the demo logged to.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launch } from '../tests/e2e/browser.mjs'
import { pictures } from './pictures.mjs'

const SIZE = { width: 1280, height: 800 }
const [address, folder, ...names] = process.argv.slice(2)

async function ask(path) {
  const answer = await fetch(`${address}/studio-api/${path}`)
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
  return answer.json()
}

/** The page once everything is loaded and drawn: two pictures in a row are equal. */
async function settled(page) {
  await page.evaluate(() => document.fonts.ready)
  let last
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const busy = await page.locator('.skeleton, .uplot:not([data-drawn]), [aria-busy="true"]').count()
    const next = await page.screenshot({ animations: 'disabled', caret: 'hide' })
    if (busy === 0 && last !== undefined && next.equals(last)) return next
    last = next
  }
  throw new Error(`${page.url()} never comes to rest`)
}

const browser = await launch()
try {
  const wanted = (await pictures(ask)).filter(({ name }) => names.length === 0 || names.includes(name))
  for (const { name, path, ready, dark = false } of wanted) {
    const started = Date.now()
    const context = await browser.newContext({
      locale: 'en-GB', viewport: SIZE, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    await page.goto(address + path)
    await ready(page)
    writeFileSync(join(folder, `${name}.png`), await settled(page))
    await context.close()
    console.log(`${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`)
  }
} finally {
  await browser.close()
}
