// Images over steps: which one belongs to a step, and which rows a page of them has.

/** Images of one key, in columns of equal length by step. */
export interface Series {
  key: string
  steps: readonly number[]
  paths: readonly string[]
  thumbnails: readonly (string | null)[]
}

/** Index of the last of the ascending `steps` that is not above `step`; -1 when all are. */
export function indexAtOrBefore(steps: readonly number[], step: number): number {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((steps[middle] ?? Infinity) <= step) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Where a slider stands: at the step that was chosen or the nearest earlier one, and at the end while none was. */
export function shownIndex(steps: readonly number[], chosen: number | undefined): number {
  return chosen === undefined ? steps.length - 1 : Math.max(0, indexAtOrBefore(steps, chosen))
}

/** What to keep of a slider's place: nothing at the end, so that it follows what is logged. */
export function chosenStep(steps: readonly number[], index: number): number | undefined {
  return index >= steps.length - 1 ? undefined : steps[index]
}

/** All steps of several series, ascending. */
export function unionOfSteps(all: readonly (readonly number[])[]): number[] {
  return [...new Set(all.flat())].sort((one, other) => one - other)
}

/** The path to show small: the compressed variant where there is one. */
export function smallPath(series: Series, index: number): string | undefined {
  return series.thumbnails[index] ?? series.paths[index]
}

// As MLflow's client names them; older ones separate by `%`.
const STEP_IMAGE = /^images\/[^%+/]+([%+])step\1-?\d+\1timestamp\1\d+\1[\w-]+(\1compressed)?\.\w+$/

/** Whether a path is that of an image over steps, or of its small variant. */
export function isStepImage(path: string): boolean {
  return STEP_IMAGE.test(path)
}

/** Items whose name contains the text. */
export function named<T>(items: readonly T[], text: string, nameOf: (item: T) => string): readonly T[] {
  const wanted = text.trim().toLowerCase()
  return wanted === '' ? items : items.filter((item) => nameOf(item).toLowerCase().includes(wanted))
}

/** `items` in groups of `size`, the last one with what is left. */
export function inRows<T>(items: readonly T[], size: number): T[][] {
  const rows: T[][] = []
  for (let start = 0; start < items.length; start += size) rows.push(items.slice(start, start + size))
  return rows
}
