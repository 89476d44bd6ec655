import { expect, test } from 'vitest'
import { tileAfter } from './tileKeys'

const PLACES = [0, 100, 200].map((left) => ({ left, top: 40 })).concat([{ left: 0, top: 240 }, { left: 100, top: 240 }, { left: 0, top: 440 }])

test('arrow keys lead along rows and to the nearest tile of the next row', () => {
  expect(tileAfter('ArrowRight', PLACES, 2)).toBe(3)
  expect(tileAfter('ArrowLeft', PLACES, 3)).toBe(2)
  expect(tileAfter('ArrowDown', PLACES, 1)).toBe(4)
  expect(tileAfter('ArrowDown', PLACES, 2)).toBe(4)
  expect(tileAfter('ArrowDown', PLACES, 4)).toBe(5)
  expect(tileAfter('ArrowUp', PLACES, 5)).toBe(3)
})

test('at the ends they lead nowhere, as other keys and from elsewhere', () => {
  expect(['ArrowUp', 'ArrowLeft', 'Enter'].map((key) => tileAfter(key, PLACES, 0))).toEqual([null, null, null])
  expect(['ArrowDown', 'ArrowRight'].map((key) => tileAfter(key, PLACES, 5))).toEqual([null, null])
  expect(tileAfter('ArrowDown', PLACES, -1)).toBeNull()
})
