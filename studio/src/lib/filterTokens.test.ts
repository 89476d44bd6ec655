import { expect, test } from 'vitest'
import { completeness, placeAt, tokenize } from './filterTokens'

const place = (text: string) => {
  const caret = text.indexOf('|')
  return placeAt(text.replace('|', ''), caret)
}

test('tokens know where they stand, also when they are half typed', () => {
  expect(tokenize("metrics.`a b`>=1e-3 AND x IN ('a','b\\'c')").map(({ kind, text, start }) => [kind, text, start])).toEqual([
    ['name', 'metrics.`a b`', 0], ['operator', '>=', 13], ['number', '1e-3', 15], ['word', 'AND', 20], ['word', 'x', 24], ['word', 'IN', 26],
    ['punctuation', '(', 29], ['string', "'a'", 30], ['punctuation', ',', 33], ['string', "'b\\'c'", 34], ['punctuation', ')', 40],
  ])
  expect(tokenize('tags.größe').map(({ kind }) => kind)).toEqual(['name'])
  expect(tokenize('metrics. ').map(({ kind, text }) => [kind, text])).toEqual([['open', 'metrics.']])
  expect(tokenize('params."a b').map(({ kind }) => kind)).toEqual(['open'])
  expect(tokenize("params.a = 'b c").at(-1)).toMatchObject({ kind: 'open', text: "'b c", start: 11 })
})

test.each([
  ['|', 'name', ''],
  ['metrics.lo|', 'name', 'metrics.lo'],
  ['metrics.lo|ss < 3', 'name', 'metrics.lo'],
  ['metrics.|', 'name', 'metrics.'],
  ['params.`a b|', 'name', 'params.`a b'],
  ['metrics.loss |', 'operator', ''],
  ['metrics.loss i|', 'operator', 'i'],
  ['metrics.loss <|', 'value', ''],
  ["status = 'FA|", 'value', "'FA"],
  ["status = 'FA|' AND", 'value', "'FA"],
  ["status = 'FAILED' |", 'connective', ''],
  ["status = 'FAILED' A|", 'connective', 'A'],
  ["status = 'FAILED' AND |", 'name', ''],
  ['(metrics.a > 1 AND (|', 'name', ''],
  ['status IN |', 'open list', ''],
  ["status IN ('a', |", 'list value', ''],
  ["status NOT IN ('a' |", 'list next', ''],
  ['params.a IS |', 'null', ''],
  ['params.a NOT |', 'negated', ''],
  ['metrics.a BETWEEN 1 |', 'between', ''],
  ['max(|', 'metric', ''],
  ['max(metrics.lo|', 'metric', 'metrics.lo'],
  ['max(metrics.loss|', 'metric', 'metrics.loss'],
  ['max(metrics.loss) |', 'operator', ''],
])('%s expects %s', (text, expected, typed) => {
  const found = place(text)
  expect(found?.expected).toBe(expected)
  expect(found?.typed).toBe(typed)
})

test('what was named is known where its value stands', () => {
  expect(place("tags.'my tag' = |")?.field).toEqual({ kind: 'tag', key: 'my tag' })
  expect(place('`run name` LIKE |')?.field).toEqual({ kind: 'attribute', key: 'run name' })
  expect(place('params.a = |')).toMatchObject({ from: 11, to: 11 })
  expect(place("params.a = 'x|y' AND")).toMatchObject({ from: 11, to: 15 })
  expect(place('metrics.loss < < |')).toBeNull()
})

test.each([
  ["metrics.loss < 0.5 AND params.lr = '0.1'", 'complete'],
  ["(a = '1' OR b IS NOT NULL) AND NOT max(metrics.x) >= -inf", 'complete'],
  ["status NOT IN ('a', 'b',)  metrics.a BETWEEN 1 AND 2", 'complete'],
  ['metrics.loss', 'unfinished'],
  ['metrics.loss <', 'unfinished'],
  ["params.a = 'b", 'unfinished'],
  ["(params.a = 'b'", 'unfinished'],
  ["params.a = 'b' AND", 'unfinished'],
  ['metrics.a BETWEEN 1', 'unfinished'],
  ['metrics.loss > > 3', 'wrong'],
  ["params.a = 'b')", 'wrong'],
  ['metrics.a LIKE IS', 'wrong'],
  ['metrics.a ; 1', 'wrong'],
])('%s is %s', (text, expected) => expect(completeness(text)).toBe(expected))
