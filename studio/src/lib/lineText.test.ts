import { expect, test } from 'vitest'
import { blockOf, LONGEST, lineText, plainLine, textSource } from './lineText'
import { PLAIN } from './logText'

test('a text is lines with their looks, which go on over the ends of lines', () => {
  const source = textSource('a\n\u001b[31mred\nstill\u001b[0m\n', true)
  expect([source.count, source.widest]).toEqual([3, 9])
  expect(source.line(2)).toEqual({ pieces: [{ text: 'still', look: { ...PLAIN, color: 1 } }], cut: false })
  expect(source.line(3)).toBeNull()
  expect(textSource('', true).count).toBe(0)
})

test('what a page can’t lay out is cut', () => {
  const line = plainLine(`\u001b[1m${'x'.repeat(LONGEST - 1)}\u001b[0myyy`)
  expect([line.cut, lineText(line).length, lineText(line).endsWith('xy')]).toEqual([true, LONGEST, true])
  expect(plainLine('short').cut).toBe(false)
})

test('the block with the newline before a line', () => {
  const before = [0, 4, 4, 6]
  expect([0, 1, 4, 5, 6, 7].map((line) => blockOf(before, line))).toEqual([0, 0, 0, 2, 2, 2])
  expect(blockOf([0], 0)).toBe(0)
})
