import { expect, test } from 'vitest'
import { colored, hasColors, logLines, PLAIN } from './logText'

const ESC = '\u001b'
const shown = (text: string) => colored(logLines(text)).map((pieces) => pieces.map((piece) => piece.text).join(''))

test('a progress bar stands as it was last drawn', () => {
  expect(logLines('start\n 10%|#   |\r 50%|##  |\r100%|####|\ndone\n')).toEqual(['start', '100%|####|', 'done'])
  expect(logLines('a long line\rshort')).toEqual(['short' + 'g line'.slice(0)])
  expect(logLines('windows\r\nlines\r\n')).toEqual(['windows', 'lines'])
})

test('colours are told apart, and last until another one, over lines, too', () => {
  const lines = colored(logLines(`${ESC}[31mred ${ESC}[1mbold\nstill${ESC}[0m plain`))
  expect(lines[0]).toEqual([
    { text: 'red ', look: { ...PLAIN, color: 1 } },
    { text: 'bold', look: { ...PLAIN, color: 1, bold: true } },
  ])
  expect(lines[1]).toEqual([
    { text: 'still', look: { ...PLAIN, color: 1, bold: true } },
    { text: ' plain', look: PLAIN },
  ])
})

test.each([
  [`${ESC}[38;5;196mx`, { color: 'rgb(255 0 0)' }],
  [`${ESC}[38;5;9mx`, { color: 9 }],
  [`${ESC}[38;5;244mx`, { color: 'rgb(128 128 128)' }],
  [`${ESC}[38;2;1;2;999mx`, { color: 'rgb(1 2 255)' }],
  [`${ESC}[97;41mx`, { color: 15, ground: 1 }],
  [`${ESC}[2;3;4mx`, { dim: true, italic: true, underline: true }],
  [`${ESC}[1m${ESC}[mx`, {}],
])('%j', (text, look) => {
  expect(colored([text])).toEqual([[{ text: 'x', look: { ...PLAIN, ...look } }]])
})

test('other sequences of a terminal leave no trace', () => {
  expect(shown(`a${ESC}[2Kb${ESC}]0;title\u0007c${ESC}[?25ld${ESC}Me`)).toEqual(['abcde'])
  expect(shown(`${ESC}[32m 10%${ESC}[0m\r${ESC}[32m100%${ESC}[0m`)).toEqual(['100%'])
})

test('text without them is as it was', () => {
  expect(hasColors('plain [31m')).toBe(false)
  expect(colored(['plain'])).toEqual([[{ text: 'plain', look: PLAIN }]])
})
