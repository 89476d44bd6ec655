import { expect, test } from 'vitest'
import { CsvReader } from './csvReader'

const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

test('a table is read in the encoding of its first bytes', () => {
  const western = new CsvReader(false)
  expect(western.feed(latin('größe;höhe in metern\n1;2\n3'), true)).toEqual([['größe', 'höhe in metern'], ['1', '2']])
  expect(western.feed(latin(';4\n'), false)).toEqual([['3', '4']])
  expect(western.encoding).toBe('windows-1252')

  const wide = new CsvReader(true)
  expect(wide.feed(Uint8Array.of(0xff, 0xfe, 0x67, 0, 9, 0, 0xf6, 0), false)).toEqual([['g', 'ö']])
  expect(wide.encoding).toBe('utf-16le')
})

test('bytes that are no text are told, wherever they come', () => {
  const broken = new CsvReader(false)
  expect(broken.feed(latin('a,b\n1,2\n'), true)).toHaveLength(2)
  expect(broken.encoding).toBe('utf-8')
  expect(broken.feed(Uint8Array.of(0x33, 0x2c, 0x81, 0x0a), false)).toEqual([['3', '\uFFFD']])
  expect(broken.encoding).toBeNull()
})
