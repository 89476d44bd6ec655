// Puts fresh rows in the place of old ones.
import type { InfiniteData } from '@tanstack/react-query'
import type { components } from './schema'
import type { MetricTable, RunPage, RunRow } from './types'

/** The same pages with fresh rows in place: nothing changes its order under the reader's eyes. */
export function replaceRows(data: InfiniteData<RunPage>, fresh: readonly RunRow[]): InfiniteData<RunPage> {
  const byId = new Map(fresh.map((run) => [run.run_id, run]))
  // Only a list that is a tree counts children, and a run by itself is none.
  const replaced = (run: RunRow) => {
    const found = byId.get(run.run_id)
    return found === undefined ? run : { ...found, child_count: run.child_count }
  }
  const pages = data.pages.map((page) =>
    page.runs.some(({ run_id }) => byId.has(run_id)) ? { ...page, runs: page.runs.map(replaced) } : page,
  )
  return { ...data, pages }
}

/** The table with the metrics of `fresh` replaced or added, by name as the server orders them. */
export function replaceMetrics(table: MetricTable, fresh: MetricTable): MetricTable {
  // Where a metric's values are: a name's later source wins.
  const found = new Map<string, Source>()
  for (const source of [table, fresh]) source.names.forEach((name, index) => found.set(name, { source, index }))
  // By code points, and not by the rules of the reader's language.
  const order = [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, place]) => place)
  const column = <T>(of: (source: MetricTable) => readonly T[]): T[] =>
    order.flatMap(({ source, index }) => of(source).slice(index, index + 1))
  return {
    names: column(({ names }) => names),
    latest: column(({ latest }) => latest),
    latest_step: column(({ latest_step }) => latest_step),
  }
}

type RunColumns = components['schemas']['RunColumns']

/** The columns with the values of the runs in `fresh` replaced; both were asked for the same names. */
export function replaceColumns(data: RunColumns, fresh: RunColumns): RunColumns {
  const places = new Map(fresh.runs.map(({ run_id: id }, place) => [id, place]))
  const merged = <T>(old: readonly T[], newer: readonly T[] | undefined): T[] =>
    old.map((value, index) => {
      const place = places.get(data.runs[index]?.run_id ?? '')
      return place === undefined || newer === undefined ? value : (newer[place] ?? value)
    })
  return {
    runs: merged(data.runs, fresh.runs),
    params: data.params.map((column, at) => ({ ...column, values: merged(column.values, fresh.params[at]?.values) })),
    metrics: data.metrics.map((column, at) => ({
      ...column,
      latest: merged(column.latest, fresh.metrics[at]?.latest),
      min: merged(column.min, fresh.metrics[at]?.min),
      max: merged(column.max, fresh.metrics[at]?.max),
    })),
  }
}

interface Source {
  source: MetricTable
  index: number
}
