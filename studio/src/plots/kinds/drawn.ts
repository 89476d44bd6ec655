// What every kind of plot comes to: something to draw with the runs in it, or why there is nothing.
import { columnLabel } from '../columns'
import type { RunTable } from '../runTable'

export type Drawn<Data> =
  | {
      data: Data
      /** Runs that are in it, of so many. */
      rows: readonly number[]
      total: number
      reasons: readonly string[]
    }
  | { data: null; why: string }

/** The answer of a kind whose columns are not all there: nothing was chosen, or no run has it. */
export function missing(table: RunTable, keys: readonly string[], choose: string): { data: null; why: string } {
  const unknown = keys.find((key) => key !== '' && table.column(key) === undefined)
  return { data: null, why: unknown === undefined ? choose : `There is no ${columnLabel(unknown)}.` }
}

/** The answer of a kind that has no run left. */
export function nothing(reasons: readonly string[]): { data: null; why: string } {
  return { data: null, why: reasons.length === 0 ? 'All runs are brushed out.' : `No run is left: ${reasons.join('; ')}.` }
}
