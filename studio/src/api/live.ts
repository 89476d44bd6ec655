// The live stream of one page: which runs changed, and whether the server is there.

export interface RunChange {
  run_id: string
  experiment_id: string
  kinds: string[]
  metrics?: string[]
}

export type LiveStatus = 'connecting' | 'live' | 'lost'

export interface LiveListener {
  onChange: (runs: RunChange[]) => void
  /** Registered models that changed. */
  onModels: (names: string[]) => void
  onStatus: (status: LiveStatus) => void
  /** Connected again after a loss or to a restarted server: anything may have changed meanwhile. */
  onMissed: () => void
}

export interface LiveScope {
  run_id?: string | readonly string[]
  experiment_id?: readonly string[]
  /** The model registry, and no runs. */
  models?: '1'
}

/** The first silence is often a restart that is over at once: only a longer one is shown. */
const SHOW_LOSS_AFTER = 1500
const RETRY_AFTER = 1000

/** Keeps one event stream open until closed. */
export class LiveConnection {
  private readonly url: string
  private readonly listener: LiveListener
  private source: EventSource | null = null
  private server: string | null = null
  private failed = false
  private retry: ReturnType<typeof setTimeout> | undefined
  private loss: ReturnType<typeof setTimeout> | undefined

  constructor(url: string, listener: LiveListener) {
    this.url = url
    this.listener = listener
    this.open()
  }

  close(): void {
    clearTimeout(this.retry)
    clearTimeout(this.loss)
    this.source?.close()
  }

  private open(): void {
    const source = new EventSource(this.url)
    this.source = source
    source.addEventListener('hello', (event: MessageEvent<string>) => this.greeted(event.data))
    source.addEventListener('change', (event: MessageEvent<string>) => this.listener.onChange(parseChange(event.data)))
    source.addEventListener('models', (event: MessageEvent<string>) => this.listener.onModels(parseModels(event.data)))
    source.onerror = () => this.broke(source)
  }

  private greeted(data: string): void {
    clearTimeout(this.loss)
    this.loss = undefined
    const server = parseHello(data)
    const missed = this.failed || (this.server !== null && this.server !== server)
    this.server = server
    this.failed = false
    this.listener.onStatus('live')
    if (missed) this.listener.onMissed()
  }

  /** The browser's own retrying gives up for good on an HTTP error, so we close and retry ourselves. */
  private broke(source: EventSource): void {
    source.close()
    this.failed = true
    this.loss ??= setTimeout(() => this.listener.onStatus('lost'), SHOW_LOSS_AFTER)
    this.retry = setTimeout(() => this.open(), RETRY_AFTER)
  }
}

/** The runs of a `change` event; none when it can't be read. */
export function parseChange(data: string): RunChange[] {
  const parsed = parse(data)
  return Array.isArray(parsed['runs']) ? (parsed['runs'] as RunChange[]) : []
}

/** The names of a `models` event; none when it can't be read. */
export function parseModels(data: string): string[] {
  const names = parse(data)['names']
  return Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string') : []
}

export function parseHello(data: string): string | null {
  const server = parse(data)['server']
  return typeof server === 'string' ? server : null
}

function parse(data: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(data)
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
