import { expect, test } from 'vitest'
import { marked, occurrences } from './lineMarks'
import { PLAIN } from './logText'

test('places of a text, by the letters of ASCII in any case unless case counts', () => {
  expect(occurrences('Error: error', 'error', false)).toEqual([[0, 5], [7, 12]])
  expect(occurrences('Error: error', 'error', true)).toEqual([[7, 12]])
  expect(occurrences('İ Error', 'error', false)).toEqual([[2, 7]])
  expect(occurrences('aaaa', 'aa', true)).toEqual([[0, 2], [2, 4]])
  expect(occurrences('a', '', true)).toEqual([])
})

test('pieces are cut where marks begin and end, over their looks', () => {
  const red = { ...PLAIN, color: 1 }
  const pieces = [{ text: 'one ', look: PLAIN }, { text: 'two three', look: red }]
  expect(marked(pieces, [[2, 6], [8, 13]]).map(({ text, look, marked: on }) => [text, look === red, on])).toEqual([
    ['on', false, false],
    ['e ', false, true],
    ['tw', true, true],
    ['o ', true, false],
    ['three', true, true],
  ])
  expect(marked(pieces, [])).toEqual(pieces.map((piece) => ({ ...piece, marked: false })))
})
