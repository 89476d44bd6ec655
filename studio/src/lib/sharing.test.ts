import { expect, test } from 'vitest'
import { sharing } from './sharing'

test('parts that did not change keep their identity', () => {
  const before = { names: ['a'], zoom: new Map([['a', [1, 2]]]), x: 'step' }
  const same = sharing(before, { names: ['a'], zoom: new Map([['a', [1, 2]]]), x: 'step' })
  expect(same).toBe(before)
  const after = sharing(before, { names: ['a'], zoom: new Map([['a', [1, 3]]]), x: 'step' })
  expect(after.names).toBe(before.names)
  expect(after.zoom).not.toBe(before.zoom)
  expect(sharing(null, before)).toBe(before)
})
