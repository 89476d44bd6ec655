/** Milliseconds after which a page that is never idle goes on all the same. */
const LATEST = 1000

/** Until the browser has nothing to do. */
export function idle(): Promise<void> {
  // Safari does not tell of idle times.
  if (typeof requestIdleCallback !== 'function') return new Promise((resolve) => setTimeout(resolve, LATEST / 4))
  return new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: LATEST }))
}
