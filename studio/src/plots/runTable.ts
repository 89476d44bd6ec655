// The runs of a board and their columns, as plots read them.
import type { components } from '../api/schema'
import { runDuration } from '../lib/format'
import { isRunning, statusLook } from '../lib/status'
import { columnLabel, readColumnKey } from './columns'
import { numberColumn, textColumn } from './values'
import type { Column, Value } from './values'

export type RunColumns = components['schemas']['RunColumns']
export type PlotRun = components['schemas']['PlotRun']

/** Rows are runs. Columns are made when they are asked for first. */
export class RunTable {
  readonly runs: readonly PlotRun[]
  private readonly data: RunColumns
  /** Places of the rows in the server's answer. */
  private readonly places: readonly number[]
  private readonly now: number
  private readonly made = new Map<string, Column | undefined>()

  /** `now` is when the answer came, for runs that go on; runs for which `shown` is false are left out. */
  constructor(data: RunColumns, now: number, shown: (runId: string) => boolean = () => true) {
    this.data = data
    this.now = now
    this.places = data.runs.flatMap(({ run_id: id }, place) => (shown(id) ? [place] : []))
    this.runs = this.places.flatMap((place) => data.runs.slice(place, place + 1))
  }

  /** The column of a key; undefined while it is not loaded, or for a key that names none. */
  column(key: string): Column | undefined {
    if (!this.made.has(key)) this.made.set(key, this.make(key))
    return this.made.get(key)
  }

  private make(key: string): Column | undefined {
    const wanted = readColumnKey(key)
    if (wanted === null) return undefined
    const label = columnLabel(key)
    if (wanted.kind === 'run') return this.field(key, label, wanted.name)
    if (wanted.kind === 'params') {
      const found = this.data.params.find(({ name }) => name === wanted.name)
      return found && textColumn(key, label, this.rows(found.values))
    }
    const found = this.data.metrics.find(({ name }) => name === wanted.name)
    return found && numberColumn(key, label, this.rows(found[wanted.kind === 'metrics' ? 'latest' : wanted.kind]))
  }

  private rows<T>(values: readonly (T | null)[]): (T | null)[] {
    return this.places.map((place) => values[place] ?? null)
  }

  private field(key: string, label: string, name: string): Column {
    if (name === 'duration') return this.durations(key)
    const values = this.runs.map((run): Value => {
      switch (name) {
        case 'start': return run.start_time
        case 'status': return statusLook(run.status).word
        case 'user': return run.user
        case 'experiment': return run.experiment_name
        default: return run.name
      }
    })
    return { key, label, type: name === 'start' ? 'time' : 'text', values }
  }

  /** In the unit that suits the longest. */
  private durations(key: string): Column {
    const milliseconds = this.runs.map(({ status, start_time: start, end_time: end }) =>
      runDuration(start, end, this.now, isRunning(status)),
    )
    const longest = Math.max(0, ...milliseconds.map((value) => value ?? 0))
    const { unit, size } = DURATION_UNITS.find(({ below }) => longest < below) ?? HOURS
    const values = milliseconds.map((value) => (value === null ? null : value / size))
    return { key, label: `Duration (${unit})`, type: 'number', values }
  }
}

const HOURS = { unit: 'h', size: 3_600_000 }
const DURATION_UNITS = [
  { below: 300_000, unit: 's', size: 1000 },
  { below: 18_000_000, unit: 'min', size: 60_000 },
]
