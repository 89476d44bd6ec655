import { describe, expect, it } from 'vitest'
import { readImagesView } from '../../../lib/imagesState'
import { heightOf, imageRows, OPEN_TABLE, toggledTables } from './rows'

const series = (key: string, length: number) => ({
  key,
  steps: Array.from({ length }, (_, step) => step),
  times: Array.from({ length }, () => 0),
  paths: Array.from({ length }, (_, step) => `images/${key}${step}.png`),
  thumbnails: Array.from({ length }, () => null),
})
const listed = {
  series: [series('dogs', 5), series('cats', 1), series('val/dogs', 2)],
  figures: [{ path: 'plots/dogs.png', size: 1, kind: 'image' as const }],
  pages: ['roc_*.html', 'dogs.html'].map((key) => ({ key, steps: [1], pages: [] })),
  tables: [{ path: 'a.json', size: 1 }, { path: 'b.json', size: 1 }],
}
const view = (query: string) => readImagesView(new URLSearchParams(query))
const kinds = (query: string) => imageRows(listed, view(query), { cards: 2, shots: 3, pages: 1 }).map(({ kind }) => kind)

describe('rows of images', () => {
  it('are cards, figures, pages and tables, each with a head', () => {
    expect(kinds('')).toEqual(['head', 'cards', 'cards', 'head', 'figures', 'head', 'pages', 'pages', 'head', 'table', 'table'])
    expect(kinds('q=roc')).toEqual(['head', 'pages'])
  })

  it('in a grid hold all steps of a series', () => {
    const rows = imageRows(listed, view('show=grid&q=dogs'), { cards: 2, shots: 3, pages: 1 })
    expect(rows.flatMap((row) => (row.kind === 'shots' ? [[row.series.key, row.from, row.to]] : []))).toEqual([
      ['dogs', 0, 3],
      ['dogs', 3, 5],
      ['val/dogs', 0, 2],
    ])
  })

  it('that match nothing are none', () => {
    expect(kinds('q=nothing')).toEqual([])
  })

  it('the first table is open until somebody chooses', () => {
    const open = (query: string) => imageRows(listed, view(query), { cards: 2, shots: 3, pages: 1 }).slice(-2).map(heightOf)
    expect(open('')).toEqual([OPEN_TABLE, 40])
    expect(open('table=b.json')).toEqual([40, OPEN_TABLE])
    const [first, second] = listed.tables as [(typeof listed.tables)[0], (typeof listed.tables)[0]]
    expect(toggledTables(view(''), first, listed.tables)).toEqual([])
    expect(toggledTables(view(''), second, listed.tables)).toEqual(['a.json', 'b.json'])
  })
})
