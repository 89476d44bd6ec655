import { expect, test } from 'vitest'
import { readMetricsView } from '../lib/chartView'
import type { MetricsView } from '../lib/chartView'
import { layoutRows, orderAfterMove, sectionsOf, sizeAfterDrag } from './chartLayout'

const chart = (key: string, section?: string) => ({ key, title: key, lines: [], ...(section === undefined ? {} : { section }) })
const view = (changes: Partial<MetricsView> = {}): MetricsView => ({ ...readMetricsView(new URLSearchParams()), ...changes })
const keys = (charts: Parameters<typeof layoutRows>[0], given = view(), width = 1080) =>
  layoutRows(charts, given, width).map((row) => (row.heading === null ? row.charts.map((placed) => placed.chart.key).join(' ') : `# ${row.heading.title}`))

test('charts fill rows, and a wide one begins the next', () => {
  const charts = ['a', 'b', 'c', 'd', 'e'].map((key) => chart(key))
  expect(keys(charts)).toEqual(['a b c', 'd e'])
  expect(keys(charts, view({ charts: new Map([['b', { span: 2 }], ['c', { span: 4 }]]) }))).toEqual(['a b', 'c', 'd e'])
  const [row] = layoutRows(charts.slice(0, 2), view({ charts: new Map([['b', { height: 500 }]]) }), 1080)
  expect(row?.height).toBe(512)
})

test('sections have headings when there is more than one, and can be closed and named', () => {
  const charts = [chart('train/a', 'train'), chart('train/c', 'train'), chart('loss'), chart('val/b', 'val')]
  expect(keys(charts)).toEqual(['# train', 'train/a train/c', '# Charts', 'loss', '# val', 'val/b'])
  const named = view({ shut: ['train'], titles: new Map([['val', 'Validation']]) })
  expect(keys(charts, named)).toEqual(['# train', '# Charts', 'loss', '# Validation', 'val/b'])
  expect(keys([chart('a'), chart('b')])).toEqual(['a b'])
  // A heading over each chart would say nothing that its title does not.
  expect(keys([chart('train/a', 'train'), chart('val/a', 'val')])).toEqual(['train/a val/a'])
})

test('a hidden chart takes no room, a moved one stands in its section', () => {
  const charts = [chart('a'), chart('b'), chart('train/c', 'train'), chart('train/d', 'train')]
  const changed = view({ charts: new Map([['a', { hidden: true }], ['b', { section: 'train' }]]) })
  expect([...sectionsOf(charts, changed)].map(([section, members]) => [section, members.map(({ key }) => key)])).toEqual([['train', ['b', 'train/c', 'train/d']]])
})

test('the order holds what was moved and what stands before it, not more', () => {
  const charts = ['a', 'b', 'c', 'd'].map((key) => chart(key))
  expect(orderAfterMove(charts, view(), 'c', '', 'a')).toEqual(['c'])
  expect(orderAfterMove(charts, view(), 'a', '', 'c')).toEqual(['b', 'a'])
  expect(orderAfterMove(charts, view(), 'a', '', null)).toEqual(['b', 'c', 'd', 'a'])
  const moved = view({ order: ['c'] })
  expect(keys(charts, moved, 2000)).toEqual(['c a b d'])
  expect(orderAfterMove(charts, moved, 'b', '', 'c')).toEqual(['b', 'c'])
})

test('a dragged corner snaps to columns and steps of height', () => {
  expect(sizeAfterDrag(700, 301, 1080, 3)).toEqual({ span: 2, height: 300 })
  expect(sizeAfterDrag(5000, 5000, 1080, 3)).toEqual({ span: 3, height: 900 })
  expect(sizeAfterDrag(1, 1, 1080, 3)).toEqual({ span: 1, height: 180 })
})
