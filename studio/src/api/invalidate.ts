// Tells which answers in the cache a change makes stale.
import type { QueryKey } from '@tanstack/react-query'
import { jobApiPath, QUEUE_PATH } from './jobs'
import type { RunChange } from './live'
import { COLUMNS_PATH } from './plots'
import type { ColumnsRequest } from './plots'
import { CURVES_PATH, runPath, seriesPath } from './queries'
import type { CurveRequest } from './series'
import { registeredModelPath } from './registry'

/** Names that the server lists in a change at most. */
const MOST_NAMES = 200
const JOB = /^\/jobs\/[^/]+$/
const RUN = /^\/runs\/[^/]+$/
/** What is read from a run's files. */
const FILES = ['artifacts', 'images', 'figures']

/** All changes since the cache was last brought up to date. */
export class Changes {
  private readonly runs = new Map<string, { kinds: Set<string>; metrics: Set<string> | null }>()
  private readonly models = new Set<string>()
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

  /** Registered models of which something changed: they themselves, their aliases or versions. */
  addModels(names: readonly string[]): void {
    for (const name of names) this.models.add(name)
  }

  addEverything(): void {
    this.everything = true
  }

  get empty(): boolean {
    return !this.everything && this.runs.size === 0 && this.models.size === 0
  }

  /** Whether the answer under this key may be out of date. */
  touch(key: QueryKey): boolean {
    if (this.everything) return true
    const [path] = key
    if (typeof path === 'string' && path.startsWith('/models')) return this.touchesModels(path)
    if (path === '/runs' || path === '/run-groups') return this.runs.size > 0
    if (path === '/archived-runs') return this.some('created', 'deleted', 'archived')
    if (path === '/compare') return this.touchesAny(key)
    if (path === '/experiments') return this.some('created', 'deleted', 'renamed')
    if (path === QUEUE_PATH) return this.some('job', 'status', 'created', 'deleted', 'renamed')
    if (path === '/trash/experiments' || path === '/trash/purge') return this.some('deleted', 'renamed')
    if (path === COLUMNS_PATH) return this.touchesColumns(key)
    if (path === CURVES_PATH) return this.touchesCurves(key)
    if (path === '/artifact-paths') return this.touchesAny(key, 'artifacts')
    if (path === '/metric-names' || path === '/param-names') return this.some('created')
    if (path === '/tag-names' || path === '/filter-values') return this.some('created', 'tags')
    if (path === '/metric-names/common') return this.some('created', 'metrics')
    // Which of the changed runs are children of another, the stream does not say; a run's page counts them.
    if (typeof path === 'string' && path.endsWith('/children')) return this.runs.size > 0
    if (typeof path === 'string' && RUN.test(path) && this.some('created', 'deleted')) return true
    for (const [runId, change] of this.runs) {
      if (this.touchesRun(key, runId, change)) return true
    }
    return false
  }

  /** Whether only runs that are known already changed, so that their rows can be replaced where they stand. */
  get inPlace(): boolean {
    return !this.everything && !this.some('created', 'deleted', 'archived', 'renamed')
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
    if (typeof path === 'string' && JOB.test(path)) return path === jobApiPath(runId) && (change.kinds.has('status') || change.kinds.has('job'))
    if (path === `${runPath(runId)}/metrics`) return change.kinds.has('metrics')
    if (FILES.some((part) => path === `${runPath(runId)}/${part}`) && change.kinds.has('artifacts')) return true
    // A tag names the run's tables.
    if (path === `${runPath(runId)}/figures`) return change.kinds.has('tags')
    if (path === `${runPath(runId)}/lineage`) return change.kinds.has('tags') || change.kinds.has('artifacts')
    return path === seriesPath(runId) && this.touchesCurve(parameters as CurveRequest)
  }

  private touchesCurves([, wanted]: QueryKey): boolean {
    return (wanted as readonly CurveRequest[]).some((curve) => this.touchesCurve(curve))
  }

  private touchesCurve({ runId, metric }: CurveRequest): boolean {
    const change = this.runs.get(runId)
    return change?.kinds.has('metrics') === true && (change.metrics === null || change.metrics.has(metric))
  }

  private touchesModels(path: string): boolean {
    if (path === '/models') return this.models.size > 0
    // The files of a version are there before it, and stay what they are.
    const isFiles = /\/(files|artifacts)$/.test(path)
    return !isFiles && [...this.models].some((name) => `${path}/`.startsWith(`${registeredModelPath(name)}/`))
  }

  private touchesAny([, parameters]: QueryKey, kind?: string): boolean {
    const { run_id: runIds } = parameters as { run_id: readonly string[] }
    return runIds.some((runId) => (kind === undefined ? this.runs.has(runId) : this.runs.get(runId)?.kinds.has(kind) === true))
  }

  /** A point of a metric that no plot shows changes none. */
  private touchesColumns([, parameters]: QueryKey): boolean {
    const { run_id: runIds, metrics } = parameters as ColumnsRequest
    return runIds.some((runId) => {
      const change = this.runs.get(runId)
      if (change === undefined) return false
      const { kinds, metrics: changed } = change
      if ([...kinds].some((kind) => kind !== 'metrics' && kind !== 'artifacts')) return true
      return kinds.has('metrics') && metrics.some((metric) => changed === null || changed.has(metric))
    })
  }

  private some(...kinds: string[]): boolean {
    return [...this.runs.values()].some((change) => kinds.some((kind) => change.kinds.has(kind)))
  }
}
