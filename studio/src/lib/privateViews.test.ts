import { expect, test } from 'vitest'
import { readPrivateViews, withoutView, withView } from './privateViews'

const view = (id: string, name: string, page = 'jobs') => ({ view_id: id, name, page, query: 'q=1' })

test('views stand by name, and a name stands for one view of a page', () => {
  const views = withView([view('1', 'b')], view('2', ' a '))
  expect(views.map(({ name }) => name)).toEqual(['a', 'b'])
  expect(() => withView(views, view('3', 'a'))).toThrow("'a' already")
  expect(withView(views, view('3', 'a', 'compare'))).toHaveLength(3)
  expect(withView(views, view('1', 'c')).map(({ name }) => name)).toEqual(['a', 'c'])
  expect(withoutView(views, '1').map(({ view_id }) => view_id)).toEqual(['2'])
})

test('anything else in storage is nothing', () => {
  expect(readPrivateViews({ a: 1 })).toEqual([])
  expect(readPrivateViews([view('1', 'a'), { name: 'x' }])).toHaveLength(1)
})
