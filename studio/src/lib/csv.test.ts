import { expect, test } from 'vitest'
import { csvText } from './csv'

test('numbers keep every digit, and text that is one stays one', () => {
  expect(csvText([[0.1 + 0.2, -1e-5, NaN, -Infinity, null], ['-0.5', '+3e2', '1e-05', '', '7']])).toBe(
    '0.30000000000000004,-0.00001,nan,-inf,\r\n-0.5,+3e2,1e-05,,7\r\n',
  )
})

test('no cell becomes a formula, and separators are quoted', () => {
  expect(csvText([['=1+1', '+cmd', '-x', '@sum', '\tx', 'a-b']])).toBe("'=1+1,'+cmd,'-x,'@sum,'\tx,a-b\r\n")
  expect(csvText([['a, "b"', 'two\nlines', '=a,b']])).toBe('"a, ""b""","two\nlines","\'=a,b"\r\n')
})
