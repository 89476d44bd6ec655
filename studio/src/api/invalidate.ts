// Tells which answers in the cache a change makes stale.
import type { QueryKey } from '@tanstack/react-query'
import type { RunChange } from './live'
import { runPath, seriesPath } from './queries'

/** Names that the server lists in a change at most. */
const MOST_NAMES = 200

/** All changes since the cache was last brought up to date. */
export class Changes {
  private readonly runs = new Map<string, { kinds: Set<string>; metrics: Set<string> | null }>()
  private everything = false

  add(changes: readonly RunChange[]): void {
    for (const change of changes) {
      const known = this.runs.get(change.run_id) ?? { kinds: new Set(), metrics: new Set() }
      for (const kind of change.kinds) known.kinds.add(kind)
      const names = change.metrics ?? []
      // The server leaves names out of changes of very many: then any metric may have changed.
      const unnamed = names.length === 0 || names.length >= MOST_NAMES
      if (change.kinds.includes('metrics') && unnamed) known.metrics = null
      for (const metric of names) known.metrics?.add(metric)
      this.runs.set(change.run_id, known)
    }
  }

  addEverything(): void {
    this.everything = true
  }

  get empty(): boolean {
    return !this.everything && this.runs.size === 0
  }

  /** Whether the answer under this key may be out of date. */
  touch(key: QueryKey): boolean {
    if (this.everything) return true
    const [path] = key
    if (path === '/runs') return this.runs.size > 0
    if (path === '/compare') return this.touchesAny(key)
    if (path === '/experiments') return this.some('created', 'deleted')
    if (path === '/metric-names' || path === '/param-names' || path === '/tag-names' || path === '/filter-values') return this.some('created')
    if (path === '/metric-names/common') return this.some('created', 'metrics')
    for (const [runId, change] of this.runs) {
      if (this.touchesRun(key, runId, change)) return true
    }
    return false
  }

  /** Whether only runs that are known already changed, so that their rows can be replaced where they stand. */
  get inPlace(): boolean {
    return !this.everything && !this.some('created', 'deleted')
  }

  has(runId: string): boolean {
    return this.runs.has(runId)
  }

  /** Names of the run's metrics that changed; null when any may have. */
  metricsOf(runId: string): ReadonlySet<string> | null {
    return this.everything ? null : (this.runs.get(runId)?.metrics ?? null)
  }

  private touchesRun(key: QueryKey, runId: string, change: { kinds: Set<string>; metrics: Set<string> | null }): boolean {
    const [path, parameters] = key
    if (path === runPath(runId)) return true
    if (path === `${runPath(runId)}/metrics`) return change.kinds.has('metrics')
    if (path === `${runPath(runId)}/artifacts`) return change.kinds.has('artifacts')
    if (path !== seriesPath(runId) || !change.kinds.has('metrics')) return false
    const { metric } = parameters as { metric: string }
    return change.metrics === null || change.metrics.has(metric)
  }

  private touchesAny([, parameters]: QueryKey): boolean {
    const { run_id: runIds } = parameters as { run_id: readonly string[] }
    return runIds.some((runId) => this.runs.has(runId))
  }

  private some(...kinds: string[]): boolean {
    return [...this.runs.values()].some((change) => kinds.some((kind) => change.kinds.has(kind)))
  }
}
