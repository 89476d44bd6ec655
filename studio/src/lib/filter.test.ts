import { expect, test } from 'vitest'
import { isExpression, orderBy, withinGroup } from './filter'

test.each([
  "metrics.loss < 0.5",
  "status = 'FAILED'",
  "(params.lr = '0.1' OR params.lr = '0.2') AND metrics.acc > 0.9",
  'NOT tags."my tag" LIKE \'%x%\'',
  "metrics.`val loss`>=1",
  "run_name IN ('a', 'b')",
  "run_name not like '%x'",
  'metrics.loss IS NOT NULL',
])('%s is an expression', (text) => expect(isExpression(text)).toBe(true))

test.each(['calm-otter', 'loss', 'a test in progress is here', 'nothing like this', 'loss is high', 'metrics.loss', '', '42', "it's"])(
  '%s is text',
  (text) => expect(isExpression(text)).toBe(false),
)

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
