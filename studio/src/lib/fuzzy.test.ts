import { expect, test } from 'vitest'
import { fuzzyFind, fuzzyScore } from './fuzzy'

const find = (wanted: string, ...names: string[]) => fuzzyFind(wanted, names, (name) => name)

test('letters count in their order, and words by their beginnings', () => {
  expect(find('sv', 'Save view as new…', 'Show columns', 'Overview')).toEqual(['Save view as new…'])
  expect(find('cl', 'Calm lynx', 'Copy link', 'Clear')).toEqual(['Clear', 'Copy link', 'Calm lynx'])
  expect(fuzzyScore('xyz', 'Copy link')).toBeNull()
})

test('what stands in one piece comes before what is spread', () => {
  expect(find('exp', 'Every example plot', 'Experiments', 'All experiments')).toEqual(['Experiments', 'All experiments', 'Every example plot'])
})

test('without letters all stay where they are', () => expect(find(' ', 'b', 'a')).toEqual(['b', 'a']))
