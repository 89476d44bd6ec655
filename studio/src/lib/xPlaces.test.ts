import { expect, test } from 'vitest'
import { placeOf, placeText } from './xPlaces'

test('moments are typed as dates, other places as numbers', () => {
  const moment = Math.floor(Date.now() / 1000)
  expect(placeOf(placeText(moment, 'time'), 'time')).toBe(moment)
  expect(placeOf('1.5', 'relative')).toBe(1.5)
  expect([placeOf('', 'time'), placeOf('noon', 'time')]).toEqual([null, undefined])
})
