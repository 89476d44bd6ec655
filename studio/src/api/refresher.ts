// Refreshes stale answers, one round after the other: a fast run can't make requests pile up.
import { Changes } from './invalidate'

/** Least time between two refreshes of what is on screen, in milliseconds. */
export const LEAST_PAUSE = 400
/** What takes the server long, as figures of large groups, keeps it busy for half of the time, up to this rest. */
const LONGEST_REST = 5000

interface RefresherOptions {
  refresh: (changes: Changes) => Promise<void>
  /** Told when there is something new that is not on screen, and when there is no more. */
  onWaiting: (waiting: boolean) => void
}

export class Refresher {
  private readonly options: RefresherOptions
  private changes = new Changes()
  private every: number | null = 0
  private running = false
  private busy = false
  private last = -Infinity
  private rest = 0
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: RefresherOptions) {
    this.options = options
  }

  start(): void {
    this.running = true
    this.schedule()
  }

  stop(): void {
    this.running = false
    clearTimeout(this.timer)
  }

  /** Milliseconds from one refresh to the next; null for none by itself. What came meanwhile is kept. */
  setEvery(milliseconds: number | null): void {
    this.every = milliseconds
    this.schedule()
  }

  add(note: (changes: Changes) => void): void {
    note(this.changes)
    if (this.changes.empty) return
    this.options.onWaiting(true)
    this.schedule()
  }

  /** Refresh what waits, also while paused. */
  now(): void {
    if (!this.busy && !this.changes.empty) void this.run()
  }

  private schedule(): void {
    clearTimeout(this.timer)
    if (!this.running || this.busy || this.every === null || this.changes.empty) return
    const wait = this.last + Math.max(this.every, LEAST_PAUSE, this.rest) - Date.now()
    if (wait <= 0) void this.run()
    else this.timer = setTimeout(() => this.now(), wait)
  }

  private async run(): Promise<void> {
    const { changes } = this
    this.busy = true
    this.changes = new Changes()
    this.options.onWaiting(false)
    // Answers that fail say so where they are shown.
    const began = Date.now()
    await this.options.refresh(changes).catch(() => undefined)
    this.busy = false
    this.last = Date.now()
    this.rest = Math.min(this.last - began, LONGEST_REST)
    this.schedule()
  }
}
