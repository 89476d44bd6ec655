import { expect, test } from 'vitest'
import { isExpression, mayBecomeExpression, orderBy, readyAfter, searchParameters, withinGroup } from './filter'

test.each([
  "metrics.loss < 0.5",
  "status = 'FAILED'",
  "(params.lr = '0.1' OR params.lr = '0.2') AND metrics.acc > 0.9",
  'NOT tags."my tag" LIKE \'%x%\'',
  "metrics.`val loss`>=1",
  "run_name IN ('a', 'b')",
  "run_name not like '%x'",
  'metrics.loss IS NOT NULL',
  'max(metrics.`a b`) >= 0.9',
  'duration between 1 and 2',
])('%s is an expression', (text) => expect(isExpression(text)).toBe(true))

test.each(['calm-otter', 'loss', 'a test in progress is here', 'nothing like this', 'loss is high', 'metrics.loss', '', '42', "it's"])(
  '%s is text',
  (text) => expect(isExpression(text)).toBe(false),
)

test('what is being typed is not searched as text while it may become a filter', () => {
  expect(['metrics.lo', '(params.', 'NOT tags.a', 'max(', 'status = '].map(mayBecomeExpression)).toEqual([true, true, true, true, true])
  expect(['metrics', 'status', 'loss curve', 'run.py'].map(mayBecomeExpression)).toEqual([false, false, false, false])
})

test('a search is read as it looks, unless the reader says how', () => {
  expect(searchParameters('a = 1', null)).toEqual({ filter: 'a = 1', search: '' })
  expect(searchParameters('a = 1', 'text')).toEqual({ filter: '', search: 'a = 1' })
  expect(searchParameters('a ', null)).toEqual({ filter: '', search: 'a' })
  expect(searchParameters('a', 'filter')).toEqual({ filter: 'a', search: '' })
})

test('an unfinished filter waits, and a wrong one is told at once', () => {
  expect(readyAfter('metrics.lo', null)).toBeNull()
  expect(readyAfter('metrics.loss < 1', null)).toBeGreaterThan(0)
  expect(readyAfter('metrics.loss < <', null)).toBeGreaterThan(0)
  expect(readyAfter('metrics.lo', 'text')).toBeGreaterThan(0)
  expect(readyAfter('loss', 'filter')).toBeNull()
})

test('order-by quotes names', () => {
  expect(orderBy({ by: 'metrics.val loss', descending: true })).toBe('metrics.`val loss` DESC')
  expect(orderBy({ by: 'max:metrics.acc', descending: true })).toBe('max(metrics.`acc`) DESC')
  expect(orderBy({ by: 'tags.team', descending: false })).toBe('tags.`team` ASC')
  expect(orderBy({ by: 'started', descending: false })).toBe('attributes.start_time ASC')
  expect(orderBy({ by: 'nonsense', descending: false })).toBeUndefined()
  expect(orderBy(null)).toBeUndefined()
})

test('the runs of a group match its filter too', () => {
  const lr = { kind: 'param', name: 'lr' } as const
  expect(withinGroup('', lr, '0.1')).toBe("params.`lr` = E'0.1'")
  expect(withinGroup('a = 1 OR b = 2', lr, null)).toBe('(a = 1 OR b = 2) AND params.`lr` IS NULL')
  expect(withinGroup('', { kind: 'attribute', name: 'status' }, "it's \\")).toBe("attributes.status = E'it\\'s \\\\'")
})
