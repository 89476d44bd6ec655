import { expect, test } from 'vitest'
import { charted, matching, metricRows, toggled } from './metricRows'

const rows = metricRows({
  names: ['acc', 'train/loss', 'val/loss', 'val/[x'],
  latest: [0.5, 1, 'NaN', 2], latest_step: [1, 2, 3, 4],
})

test('beside a name stands its latest value', () => {
  expect(rows[2]?.note()).toEqual({ text: 'NaN', title: 'NaN at step 3' })
  expect(rows[0]?.note().text).toBe('0.5000')
})

test('the search is a regular expression, and text while it is none', () => {
  expect(matching(rows, '^val/').map(({ name }) => name)).toEqual(['val/loss', 'val/[x'])
  expect(matching(rows, 'LOSS')).toHaveLength(2)
  expect(matching(rows, '[x').map(({ name }) => name)).toEqual(['val/[x'])
})

test('without a selection the search decides what is charted; a selection outlives the search', () => {
  expect(charted(rows, null, '')).toHaveLength(4)
  expect(charted(rows, null, 'train')).toEqual(['train/loss'])
  expect(charted(rows, ['val/loss', 'gone'], 'train')).toEqual(['val/loss'])
})

test('boxes', () => {
  expect(toggled(null, 'a', true)).toEqual(['a'])
  expect(toggled(['a'], 'b', true)).toEqual(['a', 'b'])
  expect(toggled(['a', 'b'], 'a', false)).toEqual(['b'])
  expect(toggled(['a'], 'a', false)).toBeNull()
})
