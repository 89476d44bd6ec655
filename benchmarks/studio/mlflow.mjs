// MLflow's page: what it can do of the same, under the same names as in runyard.mjs.
import { createLiveRun, framesOf, glide, moveTo, shown, timeFromClick, timeFromLog, timeToShow, wait, wheel } from './recorder.mjs'

const SETTLED = 2500
/** How often the button for further runs is pressed where there is one. */
const PRESS_EVERY = 100

/** The list of an experiment's runs, with an empty cache and again. */
export async function firstPage({ open, given }) {
  const context = await open()
  const first = await context.newPage()
  const cold = await timeToShow(first, listUrl(given), firstRow)
  const scripts = await first.evaluate(`window.bench.scripts(${cold})`)
  await wait(SETTLED)
  const later = await first.evaluate('window.bench.scripts()')
  await first.close()
  const second = await context.newPage()
  const warm = await timeToShow(second, listUrl(given), firstRow)
  return { cold, warm, scripts, later }
}

function listUrl({ address, experiment }) {
  return `${address}/#/experiments/${experiment}/runs`
}

function firstRow() {
  const link = document.querySelector('.ag-row[row-index="0"] a[href*="/runs/"]')
  if (link === null) return false
  const { left, top, height } = link.getBoundingClientRect()
  return link.contains(document.elementFromPoint(left + 4, top + height / 2))
}

async function openList(open, given, size) {
  const page = await (await open(size)).newPage()
  await page.goto(listUrl(given))
  await shown(page, firstRow)
  await wait(SETTLED)
  return page
}

/** Frames while the wheel turns, the button for further runs being pressed whenever it is there. */
export async function scrollByWheel({ open, given }) {
  const page = await openList(open, given)
  await page.evaluate(pressForMore, PRESS_EVERY)
  await moveTo(page, page.locator('.ag-body-viewport'))
  const found = await framesOf(page, () => wheel(page, 240, given.turns))
  return { ...found, reached: await page.evaluate(lastRow) }
}

function pressForMore(every) {
  setInterval(() => [...document.querySelectorAll('.ag-body-viewport button')].find((button) => button.textContent === 'Load more')?.click(), every)
}

function lastRow() {
  return Math.max(...[...document.querySelectorAll('.ag-row')].map((row) => Number(row.getAttribute('row-index')) || 0))
}

/** From the list into a run with many metrics, and to its charts. */
export async function manyMetrics({ open, given }) {
  const page = await openList(open, given)
  const overview = await timeFromClick(page, () => page.locator('.ag-row[row-index="0"] a[href*="/runs/"]').click(), hasOverview)
  const metrics = await timeFromClick(page, () => page.getByRole('tab', { name: 'Model metrics' }).click(), hasCharts, { least: 1, runs: 1 })
  return { overview, metrics }
}

function hasOverview() {
  return [...document.querySelectorAll('[role="tab"]')].some(({ textContent }) => textContent === 'Model metrics') && document.body.textContent.includes('layer_0000/stat_')
}

/** Whether so many charts at least are in the page, all of them drawn, with curves of so many runs. */
function hasCharts({ least, runs }) {
  const charts = [...document.querySelectorAll('[data-testid="experiment-view-compare-runs-card"]')]
  return charts.length >= least && charts.every((chart) => {
    const plot = chart.querySelector('.js-plotly-plot')
    return plot !== null && plot.querySelector('.main-svg') !== null && new Set((plot.data ?? []).map(({ uuid, name }) => uuid ?? name)).size >= runs
  })
}

/** Opens the charts of an experiment; by itself the page draws the first ten runs. */
async function openCharts(open, given, { height } = {}) {
  const page = await (await open({ height })).newPage()
  await page.goto(`${listUrl(given)}?compareRunsMode=CHART`)
  // The assistant takes a third of the page.
  await page.getByRole('button', { name: 'Close' }).click()
  await shown(page, hasCharts, { least: 1, runs: Math.min(10, given.runs) })
  await page.getByTestId('experiment-view-runs-visibility-column-header').click()
  return page
}

function showAll(page, test, given) {
  return timeFromClick(page, () => page.getByText('Show all runs').click(), test, given)
}

/** All runs on one chart, which then is zoomed. */
export async function longCurves({ open, given }) {
  const page = await openCharts(open, given)
  const drawn = await showAll(page, hasCharts, { least: 1, runs: given.runs })
  const plot = page.locator('.js-plotly-plot .nsewdrag').first()
  const zoomed = await framesOf(page, async () => {
    const { box, x, y } = await moveTo(page, plot, { across: 0.2 })
    await page.mouse.down()
    await glide(page, { x, y }, { x: x + box.width * 0.3, y }, 60)
    await page.mouse.up()
    await wait(1000)
  })
  const read = await framesOf(page, async () => {
    const { box, x, y } = await moveTo(page, plot, { across: 0.1 })
    await glide(page, { x, y }, { x: x + box.width * 0.8, y }, 90)
  })
  return { drawn, zoomed, read }
}

/** A page of many charts: in a window that shows them all, or in one of the usual size through which one scrolls. */
export async function manyCharts({ open, given }) {
  const page = await openCharts(open, given, { height: given.height })
  const drawn = await showAll(page, hasCharts, { least: given.least, runs: given.runs })
  if (!given.scroll) return { drawn, charts: await page.getByTestId('experiment-view-compare-runs-card').count() }
  const charts = page.getByTestId('experiment-view-compare-runs-chart-area')
  await moveTo(page, charts)
  const scrolled = await framesOf(page, async () => {
    const pixels = await charts.evaluate(heightOfAll)
    await wheel(page, 60, Math.ceil(pixels / 60))
  })
  return { drawn, scrolled }
}

function heightOfAll(area) {
  return Math.max(area.scrollHeight, ...[...area.querySelectorAll('*')].map(({ scrollHeight }) => scrollHeight))
}

/** A point on its way from a script to the screen. */
export async function live({ open, given }) {
  const run = await createLiveRun(given.address, given.experiment)
  const page = await (await open()).newPage()
  await page.goto(`${given.address}/#/experiments/${given.experiment}/runs/${run.runId}/model-metrics`)
  await shown(page, hasCharts, { least: 1, runs: 1 })
  await wait(SETTLED)
  return { shown: await timeFromLog(page, given.address, run, drawnTo, run.step) }
}

function drawnTo(step) {
  const { data = [] } = document.querySelector('.js-plotly-plot') ?? {}
  return data.some(({ x = [] }) => Math.max(...x.map(Number)) >= step)
}
