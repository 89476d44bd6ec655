import { expect, test } from 'vitest'
import { shownExample } from './inputExample'

const shown = (text: string | null) => shownExample({ path: 'input_example.json', kind: 'dataframe', size: 1, text })

test('data frames and records are tables', () => {
  expect(shown('{"columns": ["a", 1], "data": [[1.5, "x"], [null, [2]]]}')).toEqual({
    kind: 'table',
    table: { columns: ['a', '1'], rows: [['1.5', 'x'], ['null', '[2]']] },
  })
  expect(shown('{"data": [[1, 2]]}')).toMatchObject({ table: { columns: ['0', '1'] } })
  expect(shown('[[1, 2], [3, 4]]')).toMatchObject({ table: { columns: ['0', '1'], rows: [['1', '2'], ['3', '4']] } })
  expect(shown('[{"a": 1}, {"b": "x"}]')).toEqual({ kind: 'table', table: { columns: ['a', 'b'], rows: [['1', ''], ['', 'x']] } })
})

test('anything else is text, and what is too long is not shown', () => {
  expect(shown('{"inputs":[1]}')).toEqual({ kind: 'text', text: '{\n  "inputs": [\n    1\n  ]\n}' })
  for (const odd of ['[]', '[{}]', '[[[1]], [[2]]]', '[[1], [2, 3]]', '{"columns": ["a"], "data": [[1, 2]]}', '{"columns": ["a"], "data": []}', '"text"']) {
    expect(shown(odd)?.kind).toBe('text')
  }
  expect(shown('no json')).toEqual({ kind: 'text', text: 'no json' })
  expect(shown(null)).toBeNull()
})
