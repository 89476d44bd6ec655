// The plots of a board in the address: `plot` once for each, as `scatter*2*Xparams.lr*ymetrics.loss*w2`.
//
// Fields follow the kind and the id, each led by a letter; the capital of a column's letter makes its axis logarithmic.
import { readColumnKey } from './columns'
import { AGGREGATES, MOST_AXES, MOST_HEIGHT, MOST_WIDTH, newPlot, ORDERS, PLOT_KINDS } from './spec'
import type { PlotSpec } from './spec'

/** Numbers of a column between two bounds, or text that is one of these. */
export type Brush = { key: string; from: number; to: number } | { key: string; values: readonly string[] }

export interface BoardView {
  /** Null while nobody changed the plots: then the board chooses some. */
  plots: readonly PlotSpec[] | null
  /** At most one for each column. */
  brushes: readonly Brush[]
  /** Runs that are marked in all plots. */
  marked: readonly string[]
  /** The plot that fills the window. */
  full: string | null
}

export const BOARD_KEYS = ['plot', 'brush', 'mark', 'full'] as const

export function readBoard(search: URLSearchParams): BoardView {
  const plots = search.getAll('plot').flatMap(readPlot)
  const ids = new Set(plots.map(({ id }) => id))
  const full = search.get('full')
  return {
    plots: search.has('plot') ? plots.filter(({ id }) => ids.delete(id)) : null,
    brushes: search.getAll('brush').flatMap(readBrush),
    marked: [...new Set(search.getAll('mark').filter((run) => run !== ''))],
    full,
  }
}

/** The query of a page after its board changed; what else it holds stays. */
export function withBoard(search: URLSearchParams, view: BoardView): URLSearchParams {
  const written = new URLSearchParams([...search].filter(([key]) => !(BOARD_KEYS as readonly string[]).includes(key)))
  if (view.plots?.length === 0) written.set('plot', '')
  for (const plot of view.plots ?? []) written.append('plot', writePlot(plot))
  for (const brush of view.brushes) written.append('brush', writeBrush(brush))
  for (const run of view.marked) written.append('mark', run)
  if (view.full !== null) written.set('full', view.full)
  return written
}

export function writePlot(plot: PlotSpec): string {
  const column = (letter: string, key: string) =>
    key === '' ? [] : [(plot.log.includes(key) ? letter.toUpperCase() : letter) + key]
  const plain = newPlot(plot.id, plot.kind)
  const field = (letter: string, name: 'aggregate' | 'order' | 'title' | 'text' | 'width' | 'height') =>
    plot[name] === plain[name] ? [] : [letter + String(plot[name])]
  const fields = [
    plot.kind,
    plot.id,
    ...column('x', plot.x),
    ...column('y', plot.y),
    ...column('c', plot.color),
    ...column('g', plot.group),
    ...plot.axes.flatMap((key) => column('a', key)),
    ...field('f', 'aggregate'),
    ...field('o', 'order'),
    ...field('t', 'title'),
    ...field('m', 'text'),
    ...field('w', 'width'),
    ...field('h', 'height'),
    ...(plot.table ? ['s'] : []),
  ]
  return fields.map(escape).join('*')
}

export function readPlot(text: string): PlotSpec[] {
  const [kindText, id = '', ...fields] = text.split('*').map(unescape)
  const kind = PLOT_KINDS.find((each) => each === kindText)
  if (kind === undefined || !/^\w{1,12}$/.test(id)) return []
  const axes: string[] = []
  const log = new Set<string>()
  const part: Partial<PlotSpec> = {}
  for (const field of fields) {
    const [letter, value] = [field.slice(0, 1), field.slice(1)]
    const slot = COLUMN_SLOTS[letter.toLowerCase()]
    if (slot !== undefined) {
      if (readColumnKey(value) === null) continue
      if (slot === 'axes') axes.push(value)
      else part[slot] = value
      if (letter !== letter.toLowerCase()) log.add(value)
    } else readField(part, letter, value)
  }
  return [newPlot(id, kind, { ...part, axes: [...new Set(axes)].slice(0, MOST_AXES), log: [...log] })]
}

const COLUMN_SLOTS: Readonly<Record<string, 'x' | 'y' | 'color' | 'group' | 'axes'>> = {
  x: 'x', y: 'y', c: 'color', g: 'group', a: 'axes',
}

function readField(part: Partial<PlotSpec>, letter: string, value: string): void {
  const aggregate = AGGREGATES.find((each) => each === value)
  const order = ORDERS.find((each) => each === value)
  if (letter === 'f' && aggregate !== undefined) part.aggregate = aggregate
  if (letter === 'o' && order !== undefined) part.order = order
  if (letter === 't') part.title = value
  if (letter === 'm') part.text = value
  if (letter === 'w') part.width = within(value, MOST_WIDTH)
  if (letter === 'h') part.height = within(value, MOST_HEIGHT)
  if (letter === 's') part.table = true
}

function within(text: string, most: number): number {
  const number = Math.round(Number(text))
  return Number.isNaN(number) ? 1 : Math.max(1, Math.min(most, number))
}

export function writeBrush(brush: Brush): string {
  const fields = 'values' in brush ? ['is', ...brush.values] : ['in', String(brush.from), String(brush.to)]
  return [brush.key, ...fields].map(escape).join('*')
}

function readBrush(text: string): Brush[] {
  const [key = '', kind, ...rest] = text.split('*').map(unescape)
  if (readColumnKey(key) === null) return []
  if (kind === 'is') return [{ key, values: rest }]
  const [from, to] = [Number(rest[0]), Number(rest[1])]
  return kind === 'in' && rest.length === 2 && from <= to ? [{ key, from, to }] : []
}

function escape(text: string): string {
  return text.replaceAll('!', '!!').replaceAll('*', '!.')
}

function unescape(text: string): string {
  return text.replace(/!([!.])/g, (_all, sign: string) => (sign === '.' ? '*' : '!'))
}
