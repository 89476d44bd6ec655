// The rows of the tab of images: all of them have a known height, so that only those in sight are drawn.
import type { Figure, ImageSeries, LoggedTableFile } from '../../../api/types'
import { inRows, named } from '../../../lib/imageSeries'
import type { ImagesView } from '../../../lib/imagesState'
import type { PageSeries } from '../../../lib/pageSeries'

export type ImageRow =
  | { kind: 'head'; title: string; count: number }
  | { kind: 'cards'; series: ImageSeries[] }
  | { kind: 'series'; series: ImageSeries }
  | { kind: 'shots'; series: ImageSeries; from: number; to: number }
  | { kind: 'figures'; figures: Figure[] }
  | { kind: 'pages'; pages: PageSeries[] }
  | { kind: 'table'; table: LoggedTableFile; open: boolean }

/** How many cards, thumbnails and pages stand side by side. */
export interface Columns {
  cards: number
  shots: number
  pages: number
}

export interface Listed {
  series: readonly ImageSeries[]
  /** Pictures; figures in HTML are pages. */
  figures: readonly Figure[]
  pages: readonly PageSeries[]
  tables: readonly LoggedTableFile[]
}

export const HEIGHTS: Readonly<Record<ImageRow['kind'], number>> = {
  head: 44, cards: 304, series: 32, shots: 172, figures: 196, pages: 404, table: 40,
}
export const OPEN_TABLE = 420

export function heightOf(row: ImageRow | undefined): number {
  if (row === undefined) return 0
  return row.kind === 'table' && row.open ? OPEN_TABLE : HEIGHTS[row.kind]
}

/** What matches the search, in sections that say how much they hold; empty sections are left out. */
export function imageRows(listed: Listed, view: ImagesView, columns: Columns): ImageRow[] {
  const series = named(listed.series, view.find, ({ key }) => key)
  const figures = named(listed.figures, view.find, ({ path }) => path)
  const pages = named(listed.pages, view.find, ({ key }) => key)
  const tables = named(listed.tables, view.find, ({ path }) => path)
  const rows: ImageRow[] = []
  if (series.length > 0) rows.push({ kind: 'head', title: 'Images over steps', count: series.length })
  if (view.grid) rows.push(...series.flatMap((each) => shots(each, columns.shots)))
  else rows.push(...inRows(series, columns.cards).map((some) => ({ kind: 'cards' as const, series: some })))
  if (figures.length > 0) rows.push({ kind: 'head', title: 'Images and figures', count: figures.length })
  rows.push(...inRows(figures, columns.shots).map((some) => ({ kind: 'figures' as const, figures: some })))
  if (pages.length > 0) rows.push({ kind: 'head', title: 'Figures in HTML', count: pages.length })
  rows.push(...inRows(pages, columns.pages).map((some) => ({ kind: 'pages' as const, pages: some })))
  if (tables.length > 0) rows.push({ kind: 'head', title: 'Tables', count: tables.length })
  rows.push(...tables.map((table) => ({ kind: 'table' as const, table, open: isOpen(view, table, listed.tables) })))
  return rows
}

/** Open tables after one was opened or closed. */
export function toggledTables(view: ImagesView, table: LoggedTableFile, tables: readonly LoggedTableFile[]): string[] {
  const open = tables.filter((each) => isOpen(view, each, tables)).map(({ path }) => path)
  return open.includes(table.path) ? open.filter((path) => path !== table.path) : [...open, table.path]
}

/** While nobody chose, the first table is open. */
function isOpen(view: ImagesView, table: LoggedTableFile, tables: readonly LoggedTableFile[]): boolean {
  return view.tables === null ? table.path === tables[0]?.path : view.tables.includes(table.path)
}

function shots(series: ImageSeries, columns: number): ImageRow[] {
  const rows: ImageRow[] = [{ kind: 'series', series }]
  for (let from = 0; from < series.steps.length; from += columns) {
    rows.push({ kind: 'shots', series, from, to: Math.min(series.steps.length, from + columns) })
  }
  return rows
}
