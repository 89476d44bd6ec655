// Answers that come in together are told to the page together.
import { notifyManager } from '@tanstack/react-query'

let waiting: (() => void)[] = []

/**
 * The library tells of each answer in a task of its own, and the page is drawn after each. A page of charts gets
 * fifty answers with one response.
 */
export function notifyTogether(): void {
  notifyManager.setScheduler((tell) => {
    waiting.push(tell)
    if (waiting.length === 1) setTimeout(tellAll)
  })
}

function tellAll(): void {
  const told = waiting
  waiting = []
  for (const tell of told) tell()
}
