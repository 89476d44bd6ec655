import { expect, test } from 'vitest'
import { PALETTE, readColor, runColor, runColors } from './colors'

test('colours are read as people write them', () => {
  expect(['#2F7ED8', 'abc', 'rgb(1, 2, 255)', '1 2 3'].map(readColor)).toEqual(['#2f7ed8', '#aabbcc', '#0102ff', '#010203'])
  expect(['red', '#12', '256, 0, 0', ''].map(readColor)).toEqual([null, null, null, null])
})

test('a run keeps its colour; a chosen one wins, and nobody else gets it', () => {
  const ids = Array.from({ length: 12 }, (_each, index) => `run-${index}`)
  expect(new Set(runColors(ids).values()).size).toBe(12)
  const own = runColor('run-3')
  const chosen = runColors(ids, new Map([['run-9', own]]))
  expect(chosen.get('run-9')).toBe(own)
  expect(chosen.get('run-3')).not.toBe(own)
  expect(PALETTE).toContain(chosen.get('run-3'))
})
