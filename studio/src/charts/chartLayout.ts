// Where charts stand: sections, rows and columns.
import { HEIGHTS, MOST_SPAN } from '../lib/chartSettings'
import type { MetricsView } from '../lib/chartView'
import type { ChartSpec } from './chartSpec'

export const GAP = 12
const CARD_HEIGHT = 264
/** Of charts that have the page to themselves. */
const TALL_CARD = 400
const LEAST_WIDTH = 340
const HEADING = 36

export interface Placed {
  chart: ChartSpec
  left: number
  width: number
  height: number
}

export interface Heading {
  section: string
  title: string
  charts: number
  open: boolean
}

/** One row of the page, `height` pixels high with the gap below it. */
export type LayoutRow = { key: string; height: number } & ({ heading: Heading } | { heading: null; charts: readonly Placed[] })

/** Sections in the order in which their first charts come; charts without one are a section of their own. */
export function sectionsOf(charts: readonly ChartSpec[], view: MetricsView): Map<string, ChartSpec[]> {
  const sections = new Map<string, ChartSpec[]>()
  const divided = areDivided(charts)
  for (const chart of ordered(charts, view.order)) {
    const settings = view.charts.get(chart.key)
    if (settings?.hidden === true) continue
    const section = settings?.section ?? (divided ? (chart.section ?? '') : '')
    const there = sections.get(section)
    if (there === undefined) sections.set(section, [chart])
    else there.push(chart)
  }
  return sections
}

/** Whether names give sections that are worth a heading: some hold several charts. */
function areDivided(charts: readonly ChartSpec[]): boolean {
  const seen = new Set<string>()
  return charts.some(({ section = '' }) => {
    if (section === '') return false
    if (seen.has(section)) return true
    seen.add(section)
    return false
  })
}

function ordered(charts: readonly ChartSpec[], order: readonly string[]): readonly ChartSpec[] {
  if (order.length === 0) return charts
  const places = new Map(order.map((key, index) => [key, index]))
  const place = ({ key }: ChartSpec) => places.get(key) ?? order.length
  return [...charts].sort((one, other) => place(one) - place(other))
}

/** How many columns a page of this width has for so many charts. */
export function columnsOf(width: number, charts: number): number {
  return Math.max(1, Math.min(charts, Math.floor((width + GAP) / (LEAST_WIDTH + GAP)), MOST_SPAN))
}

/** All rows of the page. A chart that is too wide for what is left of a row begins the next. */
export function layoutRows(charts: readonly ChartSpec[], view: MetricsView, width: number): LayoutRow[] {
  const sections = sectionsOf(charts, view)
  const most = Math.max(...[...sections.values()].map(({ length }) => length), 0)
  const columns = columnsOf(width, most)
  const usual = sections.size === 1 && most <= columns ? TALL_CARD : CARD_HEIGHT
  const rows: LayoutRow[] = []
  for (const [section, members] of sections) {
    const open = !view.shut.includes(section)
    if (sections.size > 1 || section !== '') {
      const title = view.titles.get(section) ?? (section === '' ? 'Charts' : section)
      rows.push({ key: `section ${section}`, height: HEADING, heading: { section, title, charts: members.length, open } })
    }
    if (open) rows.push(...chartRows(members, view, width, columns, usual))
  }
  return rows
}

function chartRows(charts: readonly ChartSpec[], view: MetricsView, width: number, columns: number, usual: number): LayoutRow[] {
  const cell = Math.floor((width - (columns - 1) * GAP) / columns)
  const rows: LayoutRow[] = []
  let row: Placed[] = []
  let column = 0
  const close = () => {
    const [first] = row
    if (first === undefined) return
    rows.push({ key: first.chart.key, height: Math.max(...row.map(({ height }) => height)) + GAP, heading: null, charts: row })
    row = []
    column = 0
  }
  for (const chart of charts) {
    const { span: wanted = 1, height = usual } = view.charts.get(chart.key) ?? {}
    const span = Math.min(wanted, columns)
    if (column + span > columns) close()
    row.push({ chart, left: column * (cell + GAP), width: span * cell + (span - 1) * GAP, height })
    column += span
  }
  close()
  return rows
}

/** The order to keep after a chart was moved before another one, or to the end of the section. */
export function orderAfterMove(
  charts: readonly ChartSpec[], view: MetricsView, moved: string, section: string, before: string | null,
): string[] {
  const sections = sectionsOf(charts, view)
  for (const [name, members] of sections) sections.set(name, members.filter(({ key }) => key !== moved))
  const chart = charts.find(({ key }) => key === moved)
  const members = sections.get(section) ?? []
  const at = before === null ? members.length : members.findIndex(({ key }) => key === before)
  if (chart !== undefined) members.splice(at < 0 ? members.length : at, 0, chart)
  sections.set(section, members)
  const sequence = [...sections.values()].flat().map(({ key }) => key)
  // What follows the last moved one follows by itself.
  const last = sequence.findLastIndex((key) => key === moved || view.order.includes(key))
  return sequence.slice(0, last + 1)
}

/** The span and height that a dragged corner asks for. */
export function sizeAfterDrag(width: number, height: number, page: number, columns: number): { span: number; height: number } {
  const cell = (page - (columns - 1) * GAP) / columns
  const span = Math.min(columns, Math.max(1, Math.round((width + GAP) / (cell + GAP))))
  const { least, most, step } = HEIGHTS
  return { span, height: Math.min(most, Math.max(least, Math.round(height / step) * step)) }
}
