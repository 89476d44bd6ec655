import { expect, test } from 'vitest'
import { pickLine, readOutputsView, withOutputsView, withPath } from './outputsState'

test.each([
  '',
  'path=a%2Fb.log&line=120&find=error&case=1&regex=1&wrap=1',
  'path=a.csv&line=3-9&raw=1&page=4&files=log',
  'path=a.html&network=1&other=kept',
])('%j is read and written back', (text) => {
  const search = new URLSearchParams(text)
  expect(withOutputsView(search, readOutputsView(search)).toString()).toBe(text)
})

test('what makes no sense is left out', () => {
  for (const line of ['x', '0', '9-3', '-3', '3-']) expect(readOutputsView(new URLSearchParams({ line })).line).toBeNull()
  expect(readOutputsView(new URLSearchParams({ page: '-1' })).page).toBe(1)
  expect(readOutputsView(new URLSearchParams({ page: '1.5' })).page).toBe(1)
})

test('another file keeps how lines are wrapped and what the tree shows, and nothing of the old one', () => {
  const search = new URLSearchParams('path=a&line=3&find=x&wrap=1&files=log&other=1')
  expect(withPath(search, 'b').toString()).toBe('path=b&wrap=1&files=log&other=1')
})

test('a click chooses a line, a second one takes it back, Shift extends', () => {
  expect(pickLine(null, 4, false)).toEqual([4, 4])
  expect(pickLine([4, 4], 4, false)).toBeNull()
  expect(pickLine([4, 4], 9, true)).toEqual([4, 9])
  expect(pickLine([4, 9], 2, true)).toEqual([2, 9])
  expect(pickLine(null, 4, true)).toEqual([4, 4])
})
