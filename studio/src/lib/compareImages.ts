// Images of several runs at one step.
import { indexAtOrBefore, named, unionOfSteps } from './imageSeries'
import type { Series } from './imageSeries'

/** A key, and its series in each run; undefined where a run has none. */
export interface KeyRow<S extends Series> {
  key: string
  series: (S | undefined)[]
}

/** Keys of any of the runs, by name, that contain the text. */
export function keyRows<S extends Series>(runs: readonly (readonly S[])[], find: string): KeyRow<S>[] {
  const keys = [...new Set(runs.flatMap((series) => series.map(({ key }) => key)))].sort((one, other) => (one < other ? -1 : 1))
  const byKey = runs.map((series) => new Map(series.map((each) => [each.key, each])))
  return named(keys, find, (key) => key).map((key) => ({ key, series: byKey.map((each) => each.get(key)) }))
}

/** Every step at which any run has an image of these keys. */
export function allSteps(rows: readonly KeyRow<Series>[]): number[] {
  return unionOfSteps(rows.flatMap(({ series }) => series.map((each) => each?.steps ?? [])))
}

export interface Place {
  index: number
  /** Said beside the image when it is of an earlier step. */
  note: string
}

/** The image of a step or the nearest earlier one; null when there is none up to then. */
export function placeAt(steps: readonly number[], step: number): Place | null {
  const index = indexAtOrBefore(steps, step)
  if (index < 0) return null
  const found = steps[index] ?? step
  return { index, note: found === step ? '' : `step ${found.toLocaleString('en-US')}, the nearest earlier` }
}
