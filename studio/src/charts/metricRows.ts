// The metrics that the list beside the charts shows.
import type { MetricTable } from '../api/types'
import { formatCount, formatNumber, fullNumber } from '../lib/format'

export interface MetricRow {
  name: string
  /** What stands beside the name; made when the row is seen, which most of ten thousand are not. */
  note: () => Note
}

export interface Note {
  text: string
  /** On hover. */
  title: string
}

export function metricRows(table: MetricTable | undefined): MetricRow[] {
  if (table === undefined) return []
  return table.names.map((name, index) => ({
    name,
    note: () => ({
      text: formatNumber(table.latest[index]),
      title: `${fullNumber(table.latest[index] ?? 'NaN')} at step ${formatCount(table.latest_step[index] ?? 0)}`,
    }),
  }))
}

/** Rows whose name matches a regular expression, or contains the text while that is none. */
export function matching(rows: readonly MetricRow[], find: string): readonly MetricRow[] {
  if (find === '') return rows
  const test = matcher(find)
  return rows.filter(({ name }) => test(name))
}

export function matcher(find: string): (name: string) => boolean {
  try {
    const pattern = new RegExp(find, 'i')
    return (name) => pattern.test(name)
  } catch {
    const wanted = find.toLowerCase()
    return (name) => name.toLowerCase().includes(wanted)
  }
}

/** Names that are charted: those selected that exist, or all that match the search. */
export function charted(rows: readonly MetricRow[], selected: readonly string[] | null, find: string): string[] {
  const shown = selected === null ? matching(rows, find) : rows.filter(({ name }) => selected.includes(name))
  return shown.map(({ name }) => name)
}

/** The selection after one box was clicked. Without a selection all are shown, so a first click picks that one. */
export function toggled(selected: readonly string[] | null, name: string, checked: boolean): string[] | null {
  if (selected === null) return [name]
  const rest = selected.filter((each) => each !== name)
  if (checked) return [...rest, name]
  return rest.length === 0 ? null : rest
}

/** The selection after the box of a folder was clicked. */
export function toggledAll(selected: readonly string[] | null, names: readonly string[], checked: boolean): string[] | null {
  const own = new Set(names)
  const rest = (selected ?? []).filter((each) => !own.has(each))
  if (checked) return [...rest, ...names]
  return rest.length === 0 ? null : rest
}
