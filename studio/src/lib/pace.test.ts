import { expect, test } from 'vitest'
import { PACES, readPace, writePace } from './pace'

test('a pace survives storage, and anything else there is live', () => {
  expect(PACES.map(({ pace }) => readPace(writePace(pace)))).toEqual(PACES.map(({ pace }) => pace))
  expect([null, 7, 'x'].map(readPace)).toEqual([0, 0, 0])
})
