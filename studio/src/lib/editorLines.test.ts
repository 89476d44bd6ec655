import { expect, test } from 'vitest'
import { byLine, lineRange } from './editorLines'

test('a line tells all that is wrong with it', () => {
  const told = [{ line: 2, message: 'One.' }, { line: 3, message: 'Two.' }, { line: 2, message: 'Three.' }]
  expect([...byLine(told)]).toEqual([[2, 'One. Three.'], [3, 'Two.']])
})

test('a line is found by its number', () => {
  expect(lineRange('ab\ncd\n', 1)).toEqual([0, 2])
  expect(lineRange('ab\ncd\n', 2)).toEqual([3, 5])
  expect(lineRange('ab\ncd', 2)).toEqual([3, 5])
  expect(lineRange('ab', 9)).toEqual([0, 2])
})
