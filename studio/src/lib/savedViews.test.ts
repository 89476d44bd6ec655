import { expect, test } from 'vitest'
import { currentView, keepingView, shownQuery, viewSearch } from './savedViews'

const view = { view_id: 'v1', name: 'mine', query: 'col=params.b&col=metrics.a&q=x%26y' }

test('a view is shown by its query and named in the address', () => {
  const search = viewSearch(view)
  expect(search.getAll('col')).toEqual(['params.b', 'metrics.a'])
  expect(search.get('view')).toBe('v1')
  expect(currentView(search, [view])).toEqual({ view, edited: false })
})

test('another order of keys is the same, another order of columns is not', () => {
  expect(shownQuery(new URLSearchParams('q=1&col=b&view=z&col=a'))).toBe('col=b&col=a&q=1')
  const moved = new URLSearchParams('q=x%26y&view=v1&col=params.b&col=metrics.a')
  expect(currentView(moved, [view]).edited).toBe(false)
  expect(currentView(new URLSearchParams('view=v1&q=x%26y&col=metrics.a&col=params.b'), [view]).edited).toBe(true)
})

test('a view that is not there any more is none', () => {
  expect(currentView(new URLSearchParams('view=gone&q=1'), [view])).toEqual({ view: undefined, edited: false })
})

test('changes keep the name of the view that they began with', () => {
  expect(keepingView(new URLSearchParams('q=1&view=v1'), new URLSearchParams('q=2')).toString()).toBe('q=2&view=v1')
  expect(keepingView(new URLSearchParams('q=1'), new URLSearchParams('q=2')).toString()).toBe('q=2')
})
