import { expect, test } from 'vitest'
import { comparedPair, readCompareFilesView, withCompareFilesView } from './compareFilesState'
import { diffCounts, diffRows } from './diffRows'
import type { DiffRow } from './diffRows'
import { textDiff } from './textDiff'

const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`)
const told = (row: DiffRow) =>
  row.kind === 'gap' ? `${row.count} equal` : `${row.kind} ${row.left?.number ?? '-'}:${row.left?.text ?? ''} | ${row.right?.number ?? '-'}:${row.right?.text ?? ''}`

test('two texts side by side, with the equal lines between closed', () => {
  const before = [...lines(1, 20), 'old', 'older', ...lines(21, 30)].join('\n')
  const after = [...lines(1, 20), 'new', ...lines(21, 30), 'more'].join('\n')
  const stretches = textDiff(before, after) ?? []
  expect(diffCounts(stretches)).toEqual({ added: 2, removed: 2 })
  expect(diffRows(stretches, false, new Set()).map(told)).toEqual([
    '17 equal',
    'same 18:line 18 | 18:line 18',
    'same 19:line 19 | 19:line 19',
    'same 20:line 20 | 20:line 20',
    'changed 21:old | 21:new',
    'removed 22:older | -:',
    'same 23:line 21 | 22:line 21',
    'same 24:line 22 | 23:line 22',
    'same 25:line 23 | 24:line 23',
    '4 equal',
    'same 30:line 28 | 29:line 28',
    'same 31:line 29 | 30:line 29',
    'same 32:line 30 | 31:line 30',
    'added -: | 32:more',
  ])
  expect(diffRows(stretches, true, new Set()).slice(4, 7).map(told)).toEqual(['removed 21:old | -:', 'removed 22:older | -:', 'added -: | 21:new'])
  expect(diffRows(stretches, false, new Set([0]))).toHaveLength(14 + 16)
})

test('equal texts, empty ones, and ends of lines of either kind', () => {
  expect(diffCounts(textDiff('a\nb\n', 'a\r\nb') ?? [])).toEqual({ added: 0, removed: 0 })
  expect(diffCounts(textDiff('', 'a\nb') ?? [])).toEqual({ added: 2, removed: 0 })
  expect(diffRows(textDiff('', '') ?? [], false, new Set())).toEqual([])
})

test('a single equal line is not closed', () => {
  const stretches = textDiff(['x', ...lines(1, 7), 'y'].join('\n'), ['X', ...lines(1, 7), 'Y'].join('\n')) ?? []
  expect(diffRows(stretches, false, new Set()).some(({ kind }) => kind === 'gap')).toBe(false)
})

test('what is compared stands in the URL beside the rest', () => {
  const text = 'run=a&run=b&tab=files&file=conf.yaml&left=b&right=a&unified=1&files=conf'
  const search = new URLSearchParams(text)
  expect(withCompareFilesView(search, readCompareFilesView(search)).toString()).toBe(text)
})

test('runs that have the file are compared unless others were chosen', () => {
  const runs = ['a', 'b', 'c']
  const none = { left: null, right: null }
  expect(comparedPair(runs, none, ['b', 'c'])).toEqual(['b', 'c'])
  expect(comparedPair(runs, none, ['c'])).toEqual(['c', 'a'])
  expect(comparedPair(runs, { left: 'c', right: null }, ['a', 'c'])).toEqual(['c', 'a'])
  expect(comparedPair(runs, { left: null, right: 'a' }, ['a', 'c'])).toEqual(['c', 'a'])
  expect(comparedPair(runs, { left: 'gone', right: 'b' }, ['a', 'b'])).toEqual(['a', 'b'])
  expect(comparedPair(['a'], none, ['a'])).toEqual(['a', 'a'])
})
