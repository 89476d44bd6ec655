import { expect, test } from 'vitest'
import { readRecent, withRecent } from './recent'

const run = (id: string) => ({ id, name: `name of ${id}`, experiment: 'e' })

test('the run opened last stands first, and once', () => {
  const runs = ['a', 'b', 'c'].map(run)
  expect(withRecent(runs, run('b')).map(({ id }) => id)).toEqual(['b', 'a', 'c'])
  expect(withRecent('abcdefgh'.split('').map(run), run('i'))).toHaveLength(8)
})

test('anything else in storage is nothing', () => {
  expect(readRecent([run('a'), { id: 1 }, null])).toEqual([run('a')])
  expect(readRecent('x')).toEqual([])
})
