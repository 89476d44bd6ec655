// Runyard's studio: one function for each measurement.
import assert from 'node:assert/strict'
import { createLiveRun, framesOf, glide, moveTo, shown, timeFromClick, timeFromLog, timeToShow, wait, wheel } from './recorder.mjs'

/** Until the studio has loaded what it looks ahead for, as it has when one has read the list for a moment. */
const SETTLED = 2500

/** The first page, with an empty cache and again. */
export async function firstPage({ open, given }) {
  const context = await open()
  const first = await context.newPage()
  const cold = await timeToShow(first, `${given.address}/`, firstRow)
  const scripts = await first.evaluate(`window.bench.scripts(${cold})`)
  await wait(SETTLED)
  const later = await first.evaluate('window.bench.scripts()')
  // Of two pages the browser draws only the one in front.
  await first.close()
  const second = await context.newPage()
  const warm = await timeToShow(second, `${given.address}/`, firstRow)
  await second.locator('.jobs-body[data-index="0"] a.jobs-name').click()
  assert.match(new URL(second.url()).pathname, /^\/jobs\/[0-9a-f]{32}$/)
  return { cold, warm, scripts, later }
}

/** Whether the first row of the list can be clicked, and nothing lies above it. */
function firstRow() {
  const link = document.querySelector('.jobs-body[data-index="0"] a.jobs-name')
  if (link === null) return false
  const { left, top, height } = link.getBoundingClientRect()
  return link.contains(document.elementFromPoint(left + 4, top + height / 2))
}

async function openList(open, { address, experiment }, size) {
  const page = await (await open(size)).newPage()
  await page.goto(`${address}/jobs?experiment=${experiment}`)
  await shown(page, firstRow)
  await wait(SETTLED)
  return page
}

/** Frames while the wheel turns over the list, further pages being loaded. */
export async function scrollByWheel({ open, given }) {
  const page = await openList(open, given)
  const scroller = page.locator('.jobs-scroll')
  await moveTo(page, scroller)
  const found = await framesOf(page, () => wheel(page, 240, given.turns))
  return { ...found, reached: await scroller.evaluate(rowInSight) }
}

/** Frames while the thumb is pulled to the end of the list as often as it takes, and of the wheel there. */
export async function scrollToEnd({ open, given }) {
  const page = await openList(open, given)
  const scroller = page.locator('.jobs-scroll')
  const began = Date.now()
  const pulled = await framesOf(page, () => scroller.evaluate(pullToEnd))
  const seconds = (Date.now() - began) / 1000
  await moveTo(page, scroller)
  const turned = await framesOf(page, () => wheel(page, -240, given.turns))
  return { pulled, turned, seconds, loaded: await scroller.evaluate((list) => Number(list.getAttribute('aria-rowcount')) - 1) }
}

async function pullToEnd(list) {
  // Unknown while there are more.
  while (list.getAttribute('aria-rowcount') === '-1') {
    list.scrollTop = list.scrollHeight
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
  list.scrollTop = list.scrollHeight
}

function rowInSight(list) {
  const box = list.getBoundingClientRect()
  return Number(document.elementFromPoint(box.x + box.width / 2, box.bottom - 20)?.closest('[data-index]')?.getAttribute('data-index'))
}

/** From the list into a run with many metrics, and to its charts. */
export async function manyMetrics({ open, given }) {
  const page = await openList(open, given)
  const overview = await timeFromClick(page, () => page.locator('.jobs-body[data-index="0"] a.jobs-name').click(), hasOverview, given.metrics)
  const metrics = await timeFromClick(page, () => page.getByRole('tab', { name: 'Metrics' }).click(), hasCharts, 1)
  const list = page.locator('.metric-scroll')
  await moveTo(page, list)
  const scrolled = await framesOf(page, () => wheel(page, 240, given.turns))
  return { overview, metrics, scrolled }
}

function hasOverview(metrics) {
  const count = document.querySelector('.page-tabs .job-count')?.textContent ?? ''
  return Number(count.replace(/\D/g, '')) === metrics && document.querySelector('.skeleton') === null
}

/** Whether so many charts at least are in the page, and all of them are drawn, beside their list of metrics. */
function hasCharts(least) {
  const charts = [...document.querySelectorAll('.chart-card')]
  const listed = document.querySelector('.metric-list .metric-row') !== null && document.querySelector('.metric-list .skeleton') === null
  return listed && charts.length >= least && charts.every((chart) => Number(chart.querySelector('.uplot')?.dataset.drawn) > 0)
}

/** Every run of the list side by side. */
async function compareAll(page, test, given) {
  await page.locator('.jobs-scroll').getByRole('checkbox').first().check()
  return timeFromClick(page, () => page.getByRole('button', { name: 'Compare' }).click(), test, given)
}

/** All runs on one chart, which then is moved and zoomed. */
export async function longCurves({ open, given }) {
  const page = await openList(open, given)
  const drawn = await compareAll(page, hasCharts, 1)
  await page.getByText(`${given.runs} curves`).first().waitFor()
  const plot = page.locator('.chart-card .u-over').first()
  const panned = await framesOf(page, async () => {
    const { box, x, y } = await moveTo(page, plot, { across: 0.8 })
    await page.keyboard.down('Shift')
    await page.mouse.down()
    await glide(page, { x, y }, { x: x - box.width * 0.4, y }, 90)
    await page.mouse.up()
    await page.keyboard.up('Shift')
    await wait(1000)
  })
  const zoomed = await framesOf(page, async () => {
    const { box, x, y } = await moveTo(page, plot, { across: 0.2 })
    await page.mouse.down()
    await glide(page, { x, y }, { x: x + box.width * 0.3, y }, 60)
    await page.mouse.up()
    await wait(1000)
    await page.locator('.chart-plot').first().focus()
    for (const key of ['+', '+', '-', 'ArrowRight']) {
      await page.keyboard.press(key)
      await wait(400)
    }
  })
  const read = await framesOf(page, async () => {
    const { box, x, y } = await moveTo(page, plot, { across: 0.1 })
    await glide(page, { x, y }, { x: x + box.width * 0.8, y }, 90)
  })
  return { drawn, panned, zoomed, read }
}

/** A page of many charts: in a window that shows them all, or in one of the usual size through which one scrolls. */
export async function manyCharts({ open, given }) {
  const page = await openList(open, given, { height: given.height })
  const drawn = await compareAll(page, hasCharts, given.least)
  const scroller = page.locator('.chart-scroll')
  if (!given.scroll) return { drawn, charts: await page.locator('.chart-card').count() }
  await moveTo(page, scroller)
  const scrolled = await framesOf(page, async () => {
    const pixels = await scroller.evaluate(({ scrollHeight }) => scrollHeight)
    await wheel(page, 60, Math.ceil(pixels / 60))
    await shown(page, hasCharts, 1)
  })
  return { drawn, scrolled }
}

/** A point on its way from a script to the screen. */
export async function live({ open, given }) {
  const run = await createLiveRun(given.address, given.experiment)
  const page = await (await open()).newPage()
  await page.goto(`${given.address}/jobs/${run.runId}/metrics`)
  await shown(page, hasCharts, 1)
  await wait(SETTLED)
  return { shown: await timeFromLog(page, given.address, run, drawnTo, run.step) }
}

function drawnTo(step) {
  return Number(document.querySelector('.chart-card .uplot')?.dataset.to) >= step
}
