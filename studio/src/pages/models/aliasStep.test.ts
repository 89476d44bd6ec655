import { expect, test } from 'vitest'
import { aliasStep } from './aliasStep'

const aliases = [{ alias: 'champion', version: '2' }]

test('an alias is new, moves, or names the version already', () => {
  expect(aliasStep(aliases, 'best', '1')).toEqual({ kind: 'new' })
  expect(aliasStep(aliases, 'champion', '3')).toEqual({ kind: 'move', from: '2' })
  expect(aliasStep(aliases, 'champion', '2').kind).toBe('same')
})

test.each([['', '1'], ['with space', '1'], ['Latest', '1'], ['v12', '1'], ['best', ''], ['best', 'two']])('%s for %s is not asked for', (alias, version) => {
  expect(aliasStep(aliases, alias, version).kind).toBe('incomplete')
})
