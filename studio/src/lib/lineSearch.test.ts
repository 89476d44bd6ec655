import { expect, test } from 'vitest'
import { LineSearch, nextFound, readExpression } from './lineSearch'

function searched(expression: RegExp, ...pieces: string[]) {
  const search = new LineSearch(expression)
  pieces.forEach((piece, index) => search.feed(piece, index < pieces.length - 1))
  return { ...search.found, spans: [...search.found.spans] }
}

test('lines match wherever the pieces end', () => {
  const text = 'loss=1\nnothing\nloss=22\nloss=3'
  const whole = { lines: [1, 3, 4], spans: [[1, [0, 6]], [3, [0, 7]], [4, [0, 6]]], count: 3 }
  expect(searched(/loss=\d+/, text)).toEqual(whole)
  for (let at = 0; at <= text.length; at += 1) expect(searched(/loss=\d+/, text.slice(0, at), text.slice(at))).toEqual(whole)
})

test('what is matched is what is seen: without colours, as progress bars stand in the end', () => {
  expect(searched(/warning: hot/, '\u001b[31mwarning\u001b[0m: hot\n')).toMatchObject({ spans: [[1, [0, 12]]] })
  expect(searched(/50%/, ' 50%\r100%\n')).toMatchObject({ count: 0 })
  expect(searched(/^$/, 'a\n\nb\n')).toMatchObject({ lines: [2] })
})

test('ten thousand lines are listed, and all are counted', () => {
  const found = searched(/x/, 'x\n'.repeat(12_000))
  expect([found.lines.length, found.count]).toEqual([10_000, 12_000])
})

test('an expression says what is wrong with it', () => {
  expect(readExpression('a(b', false)).toMatch(/group/)
  expect(readExpression('a.b', false)).toEqual(/a.b/i)
  expect(readExpression('a.b', true)).toEqual(/a.b/)
})

test('the next and previous line that was found', () => {
  const lines = [3, 7, 9]
  expect([null, 1, 3, 9].map((line) => nextFound(lines, line, false))).toEqual([3, 3, 7, 3])
  expect([null, 3, 8, 9].map((line) => nextFound(lines, line, true))).toEqual([9, 9, 7, 7])
  expect(nextFound([], 3, false)).toBeNull()
})
