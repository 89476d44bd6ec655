import { expect, test } from 'vitest'
import { readCompareView, withCompareView } from './compareState'
import type { CompareView } from './compareState'
import { runColors } from './colors'
import { comparedRows, delta, differs, judged } from './comparison'
import type { ComparedRow } from './comparison'

const rows: ComparedRow[] = [
  { kind: 'param', name: 'lr', values: ['0.1', '0.2', '0.1'] },
  { kind: 'param', name: 'seed', values: ['1', '1', '1'] },
  { kind: 'metric', name: 'val/Loss', values: [0.5, null, 0.5] },
]

test('a value that a run lacks is a difference', () => {
  expect(rows.map(differs)).toEqual([true, false, true])
  expect(comparedRows(rows, '', true).map(({ name }) => name)).toEqual(['lr', 'val/Loss'])
  expect(comparedRows(rows, 'loss', false).map(({ name }) => name)).toEqual(['val/Loss'])
})

test('deltas are told in numbers and in percent of the baseline', () => {
  expect(delta(0.75, 0.5)).toBe('+0.2500 (+50 %)')
  expect(delta('0.1', '0.2')).toBe('−0.1000 (−50 %)')
  expect(delta(1, 0)).toBe('+1')
  expect(delta(2, 2)).toBe('=')
  expect(delta(-3, -2)).toBe('−1 (−50 %)')
  expect(delta(103.14, 100)).toBe('+3.140 (+3.1 %)')
})

test('where a number is missing there is no delta', () => {
  for (const value of [null, 'NaN', 'Infinity', 'adam', '']) {
    expect(delta(value, 1)).toBe('')
    expect(delta(1, value)).toBe('')
  }
})

test('a comparison survives the URL, and its charts keep their own state there', () => {
  const view: CompareView = {
    runs: ['b', 'a'], hidden: ['a'], tab: 'table', baseline: 'b', differences: true, search: 'l&r',
  }
  const search = withCompareView(new URLSearchParams('smooth=0.6&run=old&m=loss'), view)
  expect(readCompareView(search)).toEqual(view)
  expect(search.get('smooth')).toBe('0.6')
  expect(search.getAll('m')).toEqual(['loss'])
})

test('hidden runs and baselines that are not compared are forgotten, and runs stand once', () => {
  const view = readCompareView(new URLSearchParams('run=a&run=b&run=a&run=&hide=c&base=c&tab=banana'))
  expect(view).toEqual({ runs: ['a', 'b'], hidden: [], tab: 'charts', baseline: null, differences: false, search: '' })
})

test('compared runs have colours of their own as long as there are any', () => {
  const ids = Array.from({ length: 12 }, (_each, index) => `run-${index}`)
  expect(new Set(runColors(ids).values()).size).toBe(12)
  expect(runColors([...ids, 'one more']).size).toBe(13)
  expect(runColors(['run-3']).get('run-3')).toBe(runColors(ids.slice(3)).get('run-3'))
})

test('which way is better follows from the name of a metric', () => {
  expect([judged('val/loss', 0.1, 0.2), judged('val/loss', 0.3, 0.2)]).toEqual(['better', 'worse'])
  expect([judged('accuracy', 0.9, 0.8), judged('accuracy', '0.7', 0.8)]).toEqual(['better', 'worse'])
  expect([judged('accuracy', 0.8, 0.8), judged('accuracy', null, 0.8), judged('accuracy', 'NaN', 0.8)]).toEqual([null, null, null])
})
