// The way of a job through its states.
import { hasEnded } from './status'

interface Step {
  time: number
  state: string
  message: string
}

export interface PassedState {
  state: string
  since: number
  /** Milliseconds in it, until now for the present one; null for the one that it ended in. */
  took: number | null
  message: string
  present: boolean
}

/** States in the order in which a job came into them. */
export function passedStates(events: readonly Step[], now: number): PassedState[] {
  return events.map(({ time, state, message }, index) => {
    const next = events[index + 1]
    const present = next === undefined
    const took = present && hasEnded(state) ? null : Math.max(0, (next?.time ?? now) - time)
    return { state, since: time, took, message, present }
  })
}

interface Job {
  state: string
  message: string
  retry: number
}

/** One sentence: why it waits, or why it ended; null where there is nothing to say. */
export function jobSentence({ state, message, retry }: Job): string | null {
  if (message !== '') return message
  if (state === 'Queued') return retry > 0 ? 'It waits to be tried again.' : 'It waits for a runner to look at it.'
  if (state === 'CancelRequested') return 'Its processes are asked to end.'
  return null
}

/** How a process ended, for who reads exit codes; null while it runs. */
export function exitWords(code: number | null): string | null {
  if (code === null) return null
  if (code >= 0) return String(code)
  const name = SIGNALS[-code]
  return name === undefined ? `signal ${-code}` : name
}

const SIGNALS: Readonly<Record<number, string>> = { 1: 'SIGHUP', 2: 'SIGINT', 3: 'SIGQUIT', 4: 'SIGILL', 6: 'SIGABRT', 7: 'SIGBUS', 8: 'SIGFPE', 9: 'SIGKILL', 11: 'SIGSEGV', 13: 'SIGPIPE', 15: 'SIGTERM' }

interface Counted {
  state: string
}

/** Counts of states in the words of the page: "2 queued · 1 running". */
export function countWords(counts: Readonly<Record<string, number>>, word: (state: string) => string): string {
  const order = ['Running', 'Finalizing', 'Preparing', 'Starting', 'NotResponding', 'CancelRequested', 'Queued']
  return order.flatMap((state) => (counts[state] === undefined ? [] : [`${counts[state]} ${word(state).toLowerCase()}`])).join(' · ')
}

/** Those that wait, and the others before them. */
export function inOrder<Row extends Counted>(jobs: readonly Row[]): Row[] {
  return [...jobs.filter(({ state }) => state !== 'Queued'), ...jobs.filter(({ state }) => state === 'Queued')]
}
