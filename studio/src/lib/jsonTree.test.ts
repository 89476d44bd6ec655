import { expect, test } from 'vitest'
import { parseJson } from './exactJson'
import { CHILDREN, jsonRows } from './jsonTree'

const lines = (value: unknown, toggled: string[] = [], shown = new Map<string, number>()) =>
  jsonRows(value, new Set(toggled), shown).map(({ level, name, text, open }) => {
    const sign = open === null ? ' ' : open ? '-' : '+'
    return `${'  '.repeat(level)}${sign}${name === null ? '' : `${name}: `}${text}`
  })

test('the root is open, and small children; what is empty can’t be', () => {
  const value = { a: { b: [1], c: null }, empty: [], none: {}, text: 'x\n' }
  expect(lines(value)).toEqual(['-{4}', '  -a: {2}', '    +b: [1]', '     c: null', '   empty: []', '   none: {}', '   text: "x\\n"'])
})

test('what was pressed is the other way', () => {
  const ids = jsonRows({ a: { b: [1] } }, new Set(), new Map()).map(({ id }) => id)
  expect(lines({ a: { b: [1] } }, [ids[2] ?? ''])).toEqual(['-{1}', '  -a: {1}', '    -b: [1]', '       0: 1'])
  expect(lines({ a: { b: [1] } }, [''])).toEqual(['+{1}'])
})

test('of a long list the first are shown, and more on request', () => {
  const list = Array.from({ length: CHILDREN + 7 }, (_, index) => index)
  expect(lines(list).slice(-2)).toEqual([`   ${CHILDREN - 1}: ${CHILDREN - 1}`, '   7 more'])
  expect(lines(list, [], new Map([['', CHILDREN * 2]])).at(-1)).toBe(`   ${CHILDREN + 6}: ${CHILDREN + 6}`)
})

test('keys that look like paths have places of their own', () => {
  const ids = jsonRows({ 'a/b': { c: 1 }, a: { 'b/c': 1 } }, new Set(), new Map()).map(({ id }) => id)
  expect(new Set(ids).size).toBe(5)
})

test('numbers keep their digits, and NaN and infinities are numbers as Python writes them', () => {
  const text = '{"id": 12345678901234567890, "loss": NaN, "worst": [-Infinity, 0.12345678901234567, 1e-1234567890123456], "said": "NaN, 12345678901234567890 \\" Infinity"}'
  expect(lines(parseJson(text))).toEqual([
    '-{4}', '   id: 12345678901234567890', '   loss: NaN',
    '  -worst: [3]', '     0: -Infinity', '     1: 0.12345678901234566', '     2: 0',
    String.raw`   said: "NaN, 12345678901234567890 \" Infinity"`,
  ])
  const rows = jsonRows(parseJson('[9007199254740993, 1234567890123456, NaN]'), new Set(), new Map())
  expect(rows.map(({ kind, text }) => [kind, text])).toEqual([['array', '[3]'], ['number', '9007199254740993'], ['number', '1234567890123456'], ['number', 'NaN']])
  expect(() => parseJson('{"a": Nan}')).toThrow()
})
