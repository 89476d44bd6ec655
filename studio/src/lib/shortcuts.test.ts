import { expect, test } from 'vitest'
import { keyMeaning, PAGES } from './shortcuts'

const press = (key: string, change = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...change })

test('the palette opens everywhere, other keys not while one types', () => {
  expect(keyMeaning(press('k', { ctrlKey: true }), true, false)).toEqual({ kind: 'palette' })
  expect(keyMeaning(press('K', { metaKey: true }), false, false)).toEqual({ kind: 'palette' })
  expect(keyMeaning(press('k'), false, false)).toBeNull()
  expect(keyMeaning(press('?'), false, false)).toEqual({ kind: 'help' })
  expect(keyMeaning(press('?'), true, false)).toBeNull()
})

test('a page opens by its key after g', () => {
  expect(keyMeaning(press('g'), false, false)).toEqual({ kind: 'begin' })
  expect(keyMeaning(press('e'), false, true)).toEqual({ kind: 'go', path: '/experiments' })
  expect(keyMeaning(press('e'), false, false)).toBeNull()
  expect(keyMeaning(press('j', { ctrlKey: true }), false, true)).toBeNull()
  expect(new Set(PAGES.map(({ key }) => key)).size).toBe(PAGES.length)
})
