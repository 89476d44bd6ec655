import { expect, it } from 'vitest'
import type { Figure } from '../api/types'
import { pageSeries } from './pageSeries'

const page = (path: string, kind: Figure['kind'] = 'html'): Figure => ({ path, kind, size: 1 })
const shown = (...paths: string[]) => pageSeries(paths.map((path) => page(path))).map(({ key, steps, pages }) => [key, steps, pages.map(({ path }) => path)])

it('pages whose names differ in a number are steps of one series', () => {
  expect(shown('plots/roc_10.html', 'a.html', 'plots/roc_9.html')).toEqual([
    ['plots/roc_*.html', [9, 10], ['plots/roc_9.html', 'plots/roc_10.html']],
    ['a.html', [0], ['a.html']],
  ])
  expect(shown('3.html', '007.html')).toEqual([['*.html', [3, 7], ['3.html', '007.html']]])
})

it('a page by itself keeps its name', () => {
  expect(shown('epoch-3.html')).toEqual([['epoch-3.html', [3], ['epoch-3.html']]])
})

it('the last number counts, and none of a folder', () => {
  expect(shown('2024-run1.html', '2024-run2.html')).toEqual([['2024-run*.html', [1, 2], ['2024-run1.html', '2024-run2.html']]])
  expect(shown('1/roc.html', '2/roc.html')).toHaveLength(2)
})

it('what has the same number twice, or one that is a hash, is no series', () => {
  expect(shown('a1.html', 'a01.html')).toHaveLength(2)
  expect(shown('a1234567890123456.html', 'a1234567890123457.html')).toHaveLength(2)
})

it('pictures are left out', () => {
  expect(pageSeries([page('a1.png', 'image'), page('a2.png', 'image')])).toEqual([])
})
