import { expect, test } from 'vitest'
import { accept, firstChoice, lookupAt, NOTHING_FOUND, optionsAt, quotedKey, quotedValue } from './filterOptions'
import type { Found } from './filterOptions'
import { placeAt } from './filterTokens'

const NOW = 1_700_000_000_000

function at(text: string) {
  const place = placeAt(text, text.length)
  if (place === null) throw new Error(`nothing can stand at the end of ${text}`)
  return place
}

const labels = (text: string, found: Partial<Found> = {}) => optionsAt(at(text), { ...NOTHING_FOUND, ...found }, NOW).map(({ label }) => label)
const inserts = (text: string, found: Partial<Found> = {}) => optionsAt(at(text), { ...NOTHING_FOUND, ...found }, NOW).map(({ insert }) => insert)

test('what begins with the typed text comes first', () => {
  expect(labels('st').slice(0, 2)).toEqual(['status', 'start_time'])
  expect(labels('').slice(0, 3)).toEqual(['metrics.', 'params.', 'tags.'])
  expect(labels('attributes.run')).toEqual(['attributes.run_name', 'attributes.run_id'])
  expect(labels('datasets.')).toEqual(['datasets.name', 'datasets.digest', 'datasets.context'])
})

test('names of the server are quoted where they must be', () => {
  const names = [{ kind: 'metric', name: 'val loss' }, { kind: 'metric', name: 'val/acc' }, { kind: 'metric', name: 'old' }] as const
  expect(lookupAt(at('metrics.va'))).toEqual({ of: 'names', kinds: ['metric'], text: 'va' })
  expect(lookupAt(at('metrics.`val l'))).toEqual({ of: 'names', kinds: ['metric'], text: 'val l' })
  expect(lookupAt(at('va'))).toEqual({ of: 'names', kinds: ['metric', 'param', 'tag'], text: 'va' })
  expect(lookupAt(at('v'))).toBeNull()
  expect(lookupAt(at('max(va'))).toEqual({ of: 'names', kinds: ['metric'], text: 'va' })
  expect(inserts('metrics.va', { names })).toEqual(['metrics.`val loss` ', 'metrics.val/acc '])
  expect(quotedKey('a`b')).toBe('"a`b"')
})

test('operators fit the type of what stands before them', () => {
  expect(labels('metrics.loss ')).toContain('BETWEEN')
  expect(labels('metrics.loss ')).not.toContain('LIKE')
  expect(labels('params.lr ')).toContain('ILIKE')
  expect(labels('params.lr ')).not.toContain('<')
  expect(labels('duration ')).toContain('<')
  expect(inserts('params.lr i')[0]).toBe('ILIKE ')
  expect(labels('params.lr NOT ')).toEqual(['LIKE', 'ILIKE', 'IN (', 'REGEXP'])
})

test('values of attributes are known, others are looked up', () => {
  expect(inserts("status = 'f")).toEqual(["'FINISHED' ", "'FAILED' "])
  expect(inserts('status IN (')).toContain("'RUNNING' ")
  expect(inserts('start_time > ')[0]).toBe(`${NOW - 3_600_000} `)
  expect(lookupAt(at("tags.`my tag` = 'x"))).toEqual({ of: 'values', name: 'tags.`my tag`', text: 'x' })
  expect(lookupAt(at('user_id = '))).toEqual({ of: 'values', name: 'user_id', text: '' })
  expect(lookupAt(at('metrics.loss > '))).toBeNull()
  expect(inserts('params.lr = ', { values: ['0.1', "it's", 'a\\b'] })).toEqual(["'0.1' ", "E'it\\'s' ", "E'a\\\\b' "])
  expect(quotedValue('')).toBe("''")
})

test('parentheses are closed where they are open', () => {
  expect(labels("(status = 'a' ")).toEqual(['AND', 'OR', ')'])
  expect(labels("status = 'a' ")).toEqual(['AND', 'OR'])
  expect(labels("status IN ('a' ")).toEqual([',', ')'])
})

test('a taken option stands in the place of what was typed', () => {
  const place = placeAt('metrics.lo < 1', 10)
  if (place === null) throw new Error('no place')
  expect(accept('metrics.lo < 1', place, { label: '', note: '', insert: 'metrics.loss ' })).toEqual({ text: 'metrics.loss < 1', caret: 13 })
  const options = optionsAt(at('metrics.loss l'), NOTHING_FOUND, NOW)
  expect(firstChoice(at('metrics.loss '), options)).toBe(-1)
  expect(firstChoice(at("status = 'FAI"), optionsAt(at("status = 'FAI"), NOTHING_FOUND, NOW))).toBe(0)
  expect(firstChoice(at("status = 'FAILED'"), optionsAt(at("status = 'FAILED'"), NOTHING_FOUND, NOW))).toBe(-1)
})
