import { expect, test } from 'vitest'
import { readNotebook } from './notebook'

const output = (value: unknown) =>
  readNotebook({ cells: [{ cell_type: 'code', source: '', outputs: [value] }] })?.cells[0]?.outputs

test('cells with their sources, whether written as text or lines', () => {
  const cells = [
    { cell_type: 'markdown', source: ['# a\n', 'b'] },
    { cell_type: 'code', source: 'print(1)', execution_count: 3, outputs: [] },
    { cell_type: 'raw', source: 7 },
    'nonsense',
  ]
  expect(readNotebook({ cells, metadata: { language_info: { name: 'python' } } })).toEqual({
    language: 'python',
    cells: [
      { kind: 'markdown', source: '# a\nb', count: null, outputs: [] },
      { kind: 'code', source: 'print(1)', count: 3, outputs: [] },
      { kind: 'raw', source: '', count: null, outputs: [] },
    ],
  })
})

test('an output is shown in its richest form', () => {
  expect(output({ output_type: 'stream', name: 'stderr', text: ['a\n', 'b'] })).toEqual([{ kind: 'text', text: 'a\nb', wrong: true }])
  expect(output({ output_type: 'display_data', data: { 'image/png': 'AA\nBB', 'text/plain': 'x' } })).toEqual([
    { kind: 'image', url: 'data:image/png;base64,AABB' },
  ])
  expect(output({ output_type: 'execute_result', data: { 'text/html': '<b>', 'text/plain': 'x' } })).toEqual([{ kind: 'html', html: '<b>' }])
  expect(output({ output_type: 'execute_result', data: { 'text/plain': ['x'] } })).toEqual([{ kind: 'text', text: 'x', wrong: false }])
  expect(output({ output_type: 'error', ename: 'E', evalue: 'v', traceback: [] })).toEqual([{ kind: 'text', text: 'E: v', wrong: true }])
  expect(output({ output_type: 'error', traceback: ['one', 'two'] })).toEqual([{ kind: 'text', text: 'one\ntwo\n', wrong: true }])
  expect(output({ output_type: 'display_data', data: { 'application/x': {} } })).toEqual([])
})

test('a picture made of text can be nothing but a picture', () => {
  expect(output({ output_type: 'display_data', data: { 'image/svg+xml': '<svg onload="x">#' } })).toEqual([
    { kind: 'image', url: 'data:image/svg+xml;charset=utf-8,%3Csvg%20onload%3D%22x%22%3E%23' },
  ])
})

test('other documents are none', () => {
  for (const each of [null, [], 'x', {}, { cells: {} }]) expect(readNotebook(each)).toBeNull()
})
