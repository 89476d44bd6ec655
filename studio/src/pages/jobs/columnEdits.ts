// What one does to columns, as changes of the view.
import { columnKey, parseColumn, sameColumn } from '../../lib/columns'
import type { Column, MetricValue } from '../../lib/columns'
import { LEAST_WIDTH, MOST_WIDTH } from '../../lib/jobsState'
import type { JobsView } from '../../lib/jobsState'
import { movedTo, pinnedFirst } from '../../lib/tableLayout'

/** The columns as they are shown; `columns` also when nobody chose them. */
export type Shown = Pick<JobsView, 'pinned' | 'widths'> & { columns: readonly Column[] }
type Edit = Partial<Pick<JobsView, 'columns' | 'pinned' | 'widths'>>

export function hidden({ columns, pinned, widths }: Shown, key: string): Edit {
  return {
    columns: columns.filter((column) => columnKey(column) !== key),
    pinned: pinned.filter((each) => each !== key),
    widths: new Map([...widths].filter(([each]) => each !== key)),
  }
}

export function pinToggled({ pinned }: Shown, key: string): Edit {
  return { pinned: pinned.includes(key) ? pinned.filter((each) => each !== key) : [...pinned, key] }
}

/** The neighbour that a column would change places with; none at the end of the pinned or of the other columns. */
export function neighbour(shown: Shown, key: string, step: -1 | 1): string | undefined {
  const keys = shownKeys(shown)
  const found = keys[keys.indexOf(key) + step]
  return found !== undefined && shown.pinned.includes(found) === shown.pinned.includes(key) ? found : undefined
}

/** Put a column in the place of another; among pinned ones it becomes one, and among others it stops to be. */
export function placed(shown: Shown, key: string, target: string): Edit {
  const columns = movedTo(shownKeys(shown), key, target).flatMap((each) => parseColumn(each) ?? [])
  const { pinned } = shown
  if (pinned.includes(key) === pinned.includes(target)) return { columns }
  return { columns, ...pinToggled(shown, key) }
}

/** Give a column a width, or with null the one by default. */
export function resized({ widths }: Pick<Shown, 'widths'>, key: string, width: number | null): Edit {
  const rest = [...widths].filter(([each]) => each !== key)
  if (width === null) return { widths: new Map(rest) }
  return { widths: new Map([...rest, [key, Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)))]]) }
}

/** Show another value of a metric in the same place. */
export function withValue({ columns, pinned, widths }: Shown, key: string, value: MetricValue): Edit {
  const old = parseColumn(key)
  if (old?.kind !== 'metric') return {}
  const next: Column = { ...old, value }
  const nextKey = columnKey(next)
  const renamed = (each: string) => (each === key ? nextKey : each)
  return {
    columns: columns.filter((column) => columnKey(column) === key || !sameColumn(column, next)).map((column) => (columnKey(column) === key ? next : column)),
    pinned: [...new Set(pinned.map(renamed))],
    widths: new Map([...widths].map(([each, width]) => [renamed(each), width])),
  }
}

function shownKeys({ columns, pinned }: Shown): string[] {
  return pinnedFirst(columns.map((column) => ({ key: columnKey(column) })), pinned).map(({ key }) => key)
}
