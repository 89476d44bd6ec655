// What runs in each measured page from its start, and how the measurements ask it.

/** Installed in every page before its own scripts, as `window.bench`. */
export function recorder() {
  let clicked
  let recording = false
  let frames = []
  let long = []
  addEventListener('click', (event) => (clicked = event.timeStamp), true)
  new PerformanceObserver((list) => {
    if (recording) long.push(...list.getEntries().map(({ duration }) => duration))
  }).observe({ type: 'long-animation-frame' })

  function next() {
    return new Promise((resolve) => requestAnimationFrame(resolve))
  }
  window.bench = {
    clicked: () => clicked,
    /** The time at which the frame after the one that first fulfils the test begins: it has been painted then. */
    async when(test, given) {
      // Before the document is there, frames may not come.
      while (!(document.body !== null && test(given))) await next()
      await next()
      return { at: performance.now(), wall: Date.now() }
    },
    async record() {
      frames = []
      long = []
      recording = true
      let last = await next()
      while (recording) {
        const now = await next()
        frames.push(now - last)
        last = now
      }
    },
    async stop() {
      // What the last movement caused counts, too.
      for (let count = 0; count < 3; count += 1) await next()
      recording = false
      return { frames, long }
    },
    /** The bytes that came over the wire for scripts until a time; all of them without one. */
    scripts(until = Infinity) {
      const files = performance.getEntriesByType('resource').filter(({ name, responseEnd }) => /\.m?js(\?|$)/.test(name) && responseEnd <= until)
      return { files: files.length, bytes: files.reduce((sum, { transferSize }) => sum + transferSize, 0), unpacked: files.reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0) }
    },
  }
}

/** Milliseconds from the start of a page's loading until it shows what is tested for. */
export async function timeToShow(page, url, test, given) {
  await page.addInitScript(`window.benchShown = window.bench.when(${test}, ${JSON.stringify(given ?? null)})`)
  await page.goto(url, { waitUntil: 'commit' })
  return (await page.evaluate('window.benchShown')).at
}

/** Waits until the page shows what is tested for. */
export function shown(page, test, given) {
  return page.evaluate(`window.bench.when(${test}, ${JSON.stringify(given ?? null)})`)
}

/** Milliseconds from a click until the page shows what is tested for. */
export async function timeFromClick(page, click, test, given) {
  const found = shown(page, test, given)
  await click()
  const { at } = await found
  return at - (await page.evaluate('window.bench.clicked()'))
}

/** The frames while something is done. */
export async function framesOf(page, act) {
  await page.evaluate('void window.bench.record()')
  const answer = await act()
  return { ...(await page.evaluate('window.bench.stop()')), ...answer }
}

/** A page that answers each turn of the wheel late is left after so many milliseconds. */
const LONGEST_SCROLL = 20_000

/** Turns the wheel where the pointer is, at most once a frame. */
export async function wheel(page, pixels, times) {
  const end = Date.now() + LONGEST_SCROLL
  for (let count = 0; count < times && Date.now() < end; count += 1) {
    const pause = wait(16)
    await page.mouse.wheel(0, pixels)
    await pause
  }
}

export async function moveTo(page, locator, { across = 0.5, down = 0.5 } = {}) {
  const box = await locator.boundingBox()
  const at = { x: box.x + box.width * across, y: box.y + box.height * down }
  await page.mouse.move(at.x, at.y)
  return { box, ...at }
}

/** Moves the pointer in steps of a frame's time. */
export async function glide(page, from, to, steps) {
  for (let step = 1; step <= steps; step += 1) {
    const pause = wait(16)
    await page.mouse.move(from.x + ((to.x - from.x) * step) / steps, from.y + ((to.y - from.y) * step) / steps)
    await pause
  }
}

export function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

export async function post(address, path, body) {
  const answer = await fetch(`${address}/api/2.0/mlflow/${path}`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

const LOGGED = 100

/** A new run whose curve has 100 points. */
export async function createLiveRun(address, experiment) {
  const start = Date.now()
  const { run } = await post(address, 'runs/create', { experiment_id: experiment, run_name: `live ${start}`, start_time: 1_600_000_000_000 })
  const runId = run.info.run_id
  const metrics = Array.from({ length: LOGGED }, (_, step) => ({ key: 'loss', value: 1 / (1 + step), step, timestamp: start - (LOGGED - step) * 1000 }))
  await post(address, 'runs/log-batch', { run_id: runId, metrics })
  return { runId, step: LOGGED }
}

/** Milliseconds from the answer to a logged point until the page shows it. */
export async function timeFromLog(page, address, { runId, step }, test, given) {
  const found = shown(page, test, given)
  await post(address, 'runs/log-metric', { run_id: runId, key: 'loss', value: 2, step, timestamp: Date.now() })
  const logged = Date.now()
  const { wall } = await found
  return wall - logged
}
