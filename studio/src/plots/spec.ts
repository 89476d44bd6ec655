// A plot: its kind, what stands on its axes, and its card. Everything that it shows besides data is here.

export const PLOT_KINDS = ['parallel', 'scatter', 'bar', 'histogram', 'box', 'contour', 'value', 'note', 'table'] as const
export type PlotKind = (typeof PLOT_KINDS)[number]

export const KIND_NAMES: Readonly<Record<PlotKind, string>> = {
  parallel: 'Parallel coordinates',
  scatter: 'Scatter',
  bar: 'Bar',
  histogram: 'Histogram',
  box: 'Box',
  contour: 'Contour',
  value: 'Single value',
  note: 'Markdown',
  table: 'Differences',
}

export const AGGREGATES = ['newest', 'min', 'max', 'mean', 'median'] as const
export type Aggregate = (typeof AGGREGATES)[number]
export const ORDERS = ['high', 'low', 'listed'] as const
export type Order = (typeof ORDERS)[number]

/** Keys of columns are '' where none is chosen; which fields mean something depends on the kind. */
export interface PlotSpec {
  /** Names the plot among those of its board. */
  id: string
  kind: PlotKind
  /** '' for one that says what is shown. */
  title: string
  x: string
  y: string
  color: string
  /** The parameter that runs are grouped by. */
  group: string
  /** Of parallel coordinates, from left to right. */
  axes: readonly string[]
  /** Keys of columns whose axis, or colour, is logarithmic. */
  log: readonly string[]
  aggregate: Aggregate
  order: Order
  /** Markdown. */
  text: string
  /** Columns of the board that the card spans, and its height in steps. */
  width: number
  height: number
  /** Shown as a table of its values. */
  table: boolean
}

export const MOST_WIDTH = 3
export const MOST_HEIGHT = 4
export const MOST_AXES = 20

const PLAIN: Omit<PlotSpec, 'id' | 'kind'> = {
  title: '', x: '', y: '', color: '', group: '', axes: [], log: [], aggregate: 'mean', order: 'high', text: '', width: 1, height: 1, table: false,
}

export function newPlot(id: string, kind: PlotKind, part: Partial<PlotSpec> = {}): PlotSpec {
  return { ...PLAIN, ...part, id, kind }
}

/** The columns that a plot shows. */
export function plotColumns(spec: PlotSpec): string[] {
  const used: Readonly<Record<PlotKind, readonly string[]>> = {
    parallel: [...spec.axes, spec.color],
    scatter: [spec.x, spec.y, spec.color],
    bar: [spec.x, spec.group, spec.color],
    histogram: [spec.x],
    box: [spec.y, spec.group],
    contour: [spec.x, spec.y, spec.color],
    value: [spec.x],
    note: [],
    table: [],
  }
  return [...new Set(used[spec.kind])].filter((key) => key !== '')
}

/** The smallest number that is no plot's id. */
export function freeId(plots: readonly PlotSpec[]): string {
  const taken = new Set(plots.map(({ id }) => id))
  let number = 1
  while (taken.has(String(number))) number += 1
  return String(number)
}

/** The list with one of its entries in another place. */
export function moved<T extends { id: string }>(plots: readonly T[], id: string, to: number): T[] {
  const from = plots.findIndex((plot) => plot.id === id)
  const plot = plots[from]
  if (plot === undefined) return [...plots]
  const rest = plots.filter((each) => each.id !== id)
  return rest.toSpliced(Math.max(0, Math.min(rest.length, to)), 0, plot)
}

/** The plots with a copy of one of them behind it. */
export function duplicated(plots: readonly PlotSpec[], id: string): PlotSpec[] {
  const place = plots.findIndex((plot) => plot.id === id)
  const plot = plots[place]
  return plot === undefined ? [...plots] : plots.toSpliced(place + 1, 0, { ...plot, id: freeId(plots) })
}
