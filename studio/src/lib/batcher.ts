// Gathers what is asked for within one task of the browser, and asks for it together.

export interface BatchOptions<Wanted, Found> {
  /** Only what has the same group is asked for together. */
  group: (wanted: Wanted) => string
  /** Most entries of one request. */
  limit: number
  /** Answers in the order asked. */
  load: (wanted: readonly Wanted[]) => Promise<readonly Found[]>
}

interface Waiting<Wanted, Found> {
  wanted: Wanted
  resolve: (found: Found) => void
  reject: (reason: unknown) => void
}

export class Batcher<Wanted, Found> {
  private readonly options: BatchOptions<Wanted, Found>
  private waiting: Waiting<Wanted, Found>[] = []

  constructor(options: BatchOptions<Wanted, Found>) {
    this.options = options
  }

  load(wanted: Wanted): Promise<Found> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ wanted, resolve, reject })
      if (this.waiting.length === 1) queueMicrotask(() => this.flush())
    })
  }

  private flush(): void {
    const groups = new Map<string, Waiting<Wanted, Found>[]>()
    for (const entry of this.waiting) {
      const group = this.options.group(entry.wanted)
      groups.set(group, [...(groups.get(group) ?? []), entry])
    }
    this.waiting = []
    for (const group of groups.values()) {
      for (let start = 0; start < group.length; start += this.options.limit) {
        void this.ask(group.slice(start, start + this.options.limit))
      }
    }
  }

  private async ask(batch: readonly Waiting<Wanted, Found>[]): Promise<void> {
    try {
      const found = await this.options.load(batch.map(({ wanted }) => wanted))
      batch.forEach(({ resolve, reject }, index) => {
        const answer = found[index]
        if (answer === undefined) reject(new Error('The answer is shorter than the question.'))
        else resolve(answer)
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }
}
