import { expect, test } from 'vitest'
import { decoded, encodingNote, encodingOf, readable } from './encoding'

test('bytes are text when they are UTF-8 without NUL; a cut within a character is forgiven', () => {
  const bytes = new TextEncoder().encode('größe')
  expect(decoded(bytes, false)).toEqual({ text: 'größe', encoding: 'utf-8' })
  expect(decoded(bytes.slice(0, 3), true)?.text).toBe('gr')
  expect(decoded(Uint8Array.of(80, 75, 0, 4), false)).toBeNull()
  expect(decoded(new Uint8Array(), false)).toEqual({ text: '', encoding: 'utf-8' })
})

test('UTF-16 is known by its mark', () => {
  expect(decoded(Uint8Array.of(0xff, 0xfe, 0x67, 0, 0xf6, 0), false)).toEqual({ text: 'gö', encoding: 'utf-16le' })
  expect(decoded(Uint8Array.of(0xfe, 0xff, 0, 0x67, 0, 0xf6), false)).toEqual({ text: 'gö', encoding: 'utf-16be' })
})

test('what is not UTF-8 and looks like a Western text is Windows-1252', () => {
  const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
  expect(decoded(latin('die größte Höhe'), false)).toEqual({ text: 'die größte Höhe', encoding: 'windows-1252' })
  expect(decoded(Uint8Array.of(0x61, 0x62, 0x63, 0x80), false)?.text).toBe('abc€')
  expect(encodingOf(latin('öäüß'), false)).toBeNull()
  expect(encodingOf(latin('a control \u0001 ö'), false)).toBeNull()
  expect(encodingOf(Uint8Array.of(0x61, 0x62, 0x63, 0x64, 0x81), false)).toBeNull()
})

test('what is shown says how it was read, unless that goes without saying', () => {
  const noteOf = (...bytes: number[]) => encodingNote(readable(Uint8Array.of(...bytes)).encoding)
  expect([noteOf(0x61), noteOf(0x61, 0x62, 0x63, 0xf6), noteOf(0xff, 0xfe, 0x61, 0)]).toEqual([null, 'Windows-1252 (Latin-1)', 'UTF-16'])
  expect(noteOf(0x61, 0x81)).toContain('�')
  expect(readable(Uint8Array.of(0x61, 0x81)).text).toBe('a�')
})
