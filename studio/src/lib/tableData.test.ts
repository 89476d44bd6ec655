import { expect, test } from 'vitest'
import { CsvReader } from './csvReader'
import { fittingColumns, MOST_READ } from './parquet'
import { cellText, columnWidths, namedTable, numericColumns, withRows } from './tableData'

test('cells of any type are text without loss', () => {
  expect(cellText(2n ** 62n)).toBe('4611686018427387904')
  expect(cellText(0.1)).toBe('0.1')
  expect(cellText(new Date(Date.UTC(2026, 0, 2, 3, 4, 5)))).toBe('2026-01-02 03:04:05')
  expect(cellText(new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 6)))).toBe('2026-01-02 03:04:05.006')
  expect(cellText(new Date(NaN))).toBe('invalid date')
  expect(cellText(Uint8Array.of(1, 2))).toBe('2 bytes')
  expect(cellText([{ a: 1n }])).toBe('[{"a":"1"}]')
  expect([cellText(null), cellText(undefined), cellText('')]).toEqual([null, null, ''])
  expect(cellText('x'.repeat(2000))?.length).toBe(1001)
})

test('columns of numbers, and widths that fit', () => {
  const data = { columns: ['step', 'a long name', 'none', 'mixed'], rows: [['1', 'x', null, '1'], ['-2.5e3', '', '', 'two'], ['nan', 'y'.repeat(90), null, '3']] }
  expect(numericColumns(data)).toEqual([true, false, false, false])
  expect(columnWidths(data)).toEqual([9, 43, 9, 9])
})

test('a first row of nothing but numbers has no names', () => {
  expect(namedTable([['a', '1'], ['2', '3']])).toEqual({ columns: ['a', '1'], rows: [['2', '3']] })
  expect(namedTable([['0.5', ' 1e3'], ['2', '3']])).toEqual({ columns: ['0', '1'], rows: [['0.5', ' 1e3'], ['2', '3']] })
  expect(withRows({ columns: ['a'], rows: [['1']] }, [['2', '3']])).toEqual({ columns: ['a', ''], rows: [['1'], ['2', '3']] })
  expect(namedTable([])).toEqual({ columns: [], rows: [] })
})

const bytes = (text: string) => new TextEncoder().encode(text)

test('rows are whole wherever the pieces end: in a cell, a quoted one, a character', () => {
  const text = 'id;name\n1;"größe; ""x""\nb"\n2;y\n\n3;z'
  const rows = [['id', 'name'], ['1', 'größe; "x"\nb'], ['2', 'y'], ['3', 'z']]
  const whole = bytes(text)
  for (let at = 12; at < whole.length; at += 1) {
    const reader = new CsvReader(false)
    expect([...reader.feed(whole.slice(0, at), true), ...reader.feed(whole.slice(at), false)]).toEqual(rows)
  }
})

test('tabs separate in a file of tabs', () => {
  expect(new CsvReader(true).feed(bytes('a,b\tc\n1,2\t3\n'), false)).toEqual([['a,b', 'c'], ['1,2', '3']])
})

test('a quote that nobody closed is told', () => {
  const reader = new CsvReader(false)
  expect(() => reader.feed(bytes(`a,"${'x'.repeat(9_000_000)}`), true)).toThrow(/quote/)
})

function group(rows: number, sizes: Record<string, number>) {
  const columns = Object.entries(sizes).map(([name, size]) => ({
    meta_data: { path_in_schema: [name], total_compressed_size: BigInt(size) },
  }))
  return { num_rows: BigInt(rows), columns }
}

test('a page reads the columns of its row groups that fit, and one at least', () => {
  const groups = [group(10, { a: 1, b: 1, c: 1 }), group(10, { a: MOST_READ, b: 1, c: 1 })] as never
  const fitting = (from: number, to: number) => fittingColumns(['a', 'b', 'c'], { row_groups: groups }, from, to)
  expect(fitting(0, 10)).toEqual(['a', 'b', 'c'])
  expect(fitting(5, 15)).toEqual(['a'])
  expect(fitting(10, 20)).toEqual(['a'])
})

test('cells beyond the names are in columns without a name', () => {
  expect(namedTable([['a'], ['1', '2', '3'], ['4']])).toEqual({ columns: ['a', '', ''], rows: [['1', '2', '3'], ['4']] })
  expect(namedTable([['1'], ['2', '3']])).toEqual({ columns: ['0', ''], rows: [['1'], ['2', '3']] })
  expect(withRows({ columns: ['a'], rows: [['1']] }, [['2', '3']])).toEqual({ columns: ['a', ''], rows: [['1'], ['2', '3']] })
  expect(namedTable([])).toEqual({ columns: [], rows: [] })
})
