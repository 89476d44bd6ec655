import { expect, test } from 'vitest'
import { BlockFile } from './lineBlocks'
import type { LineIndex } from './lineBlocks'
import { lineText } from './lineText'

const BLOCK = 8

function indexOf(text: string, etag = 'one'): LineIndex {
  const bytes = new TextEncoder().encode(text)
  const before = [0]
  for (let start = 0; start < bytes.length; start += BLOCK) {
    const inside = bytes.slice(start, start + BLOCK).filter((byte) => byte === 10).length
    before.push((before.at(-1) ?? 0) + inside)
  }
  const lines = (before.at(-1) ?? 0) + (text === '' || text.endsWith('\n') ? 0 : 1)
  return { size: bytes.length, etag, lines, block_bytes: BLOCK, before }
}

function opened(text: string) {
  const state = { text, etag: 'one', asked: [] as number[], fails: false }
  const file = new BlockFile(indexOf(text), (start, end) => {
    state.asked.push(start / BLOCK)
    if (state.fails) return Promise.reject(new Error('no'))
    return Promise.resolve({ bytes: new TextEncoder().encode(state.text).slice(start, end), etag: state.etag })
  })
  return { file, state }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))
const shown = (file: BlockFile) =>
  Array.from({ length: file.source().count }, (_, index) => {
    const line = file.source().line(index)
    return line === null ? null : lineText(line)
  })

test.each([
  ['short\n'],
  ['12345678\n2345678\nx'],
  ['1234567\n1234567\n\n\n'],
  ['größe über\nein Ärger\n'],
  ['over two blocks\nb'],
  ['\n\n\n\n\n\n\n\n\n\n'],
  [''],
])('%j reads as its lines', async (text) => {
  const { file } = opened(text)
  file.want(0, 100)
  await settled()
  expect(shown(file)).toEqual(text === '' ? [] : text.replace(/\n$/, '').split('\n'))
})

test('of a line over many blocks its beginning is read, or what a progress bar left at its end', async () => {
  const { file, state } = opened(`${'x'.repeat(80)}\n 1%${'\r  50% of all'.repeat(6)}\r100%\nend`)
  file.want(0, 3)
  await settled()
  expect(shown(file)).toEqual(['x'.repeat(16), '100%', 'end'])
  expect(file.source().line(0)?.cut).toBe(true)
  expect(state.asked.length).toBeLessThan(8)
})

test('only what is in sight is asked for, and what has left it is not waited for', async () => {
  const { file, state } = opened('1234567\n'.repeat(100))
  file.want(50, 52)
  expect(state.asked).toEqual([49, 50, 51])
  file.want(50, 52)
  file.want(10, 11)
  await settled()
  expect(state.asked).toEqual([49, 50, 51, 9, 10])
  expect(file.source().line(50)).toBeNull()
  expect(file.source().line(10)).not.toBeNull()
})

test('a file that grew shows what was there until it is read anew', async () => {
  const { file, state } = opened('one\ntwo\n')
  let told = 0
  file.subscribe(() => (told += 1))
  file.want(0, 9)
  await settled()
  expect([shown(file), told]).toEqual([['one', 'two'], 1])
  Object.assign(state, { text: 'one\ntwo\nthree\n', etag: 'two', asked: [] })
  file.update(indexOf(state.text, 'two'))
  expect(shown(file)).toEqual(['one', 'two', null])
  file.want(0, 9)
  await settled()
  expect([shown(file), state.asked]).toEqual([['one', 'two', 'three'], [0, 1]])
})

test('another file than was counted is told', async () => {
  const { file, state } = opened('one\n')
  let told = 0
  file.onChanged = () => (told += 1)
  state.etag = 'two'
  file.want(0, 1)
  await settled()
  expect(told).toBe(1)
})

test('a failure is kept, and asked again on request only', async () => {
  const { file, state } = opened('one\n')
  state.fails = true
  file.want(0, 1)
  await settled()
  file.want(0, 1)
  expect([file.failed?.message, state.asked.length]).toEqual(['no', 1])
  state.fails = false
  file.retry()
  file.want(0, 1)
  await settled()
  expect([file.failed, shown(file)]).toEqual([null, ['one']])
})
