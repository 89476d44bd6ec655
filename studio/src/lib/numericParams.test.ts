import { expect, test } from 'vitest'
import { numericParams } from './numericParams'

test('a parameter is a number when all its values are', () => {
  const runs: { params: Record<string, string> }[] = [
    { params: { lr: '1e-3', depth: '6', name: 'a', mixed: '1', none: 'None' } },
    { params: { lr: '0.1', depth: 'None', name: 'b', mixed: 'auto' } },
    { params: {} },
  ]
  expect([...numericParams(runs, ['lr', 'depth', 'name', 'mixed', 'none', 'absent'])]).toEqual(['lr', 'depth'])
})
