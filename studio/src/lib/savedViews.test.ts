import { expect, test } from 'vitest'
import { builtInSearch, changedQuery, currentView, keepingView, namesGoneView, plainExperiment, shownQuery, viewSearch, withoutView } from './savedViews'

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

test('a view that everybody should find and that is not there was deleted', () => {
  const gone = (search: string) => namesGoneView(new URLSearchParams(search), [view])
  expect([gone('view=v2&q=1'), gone('view=v1'), gone('q=1'), gone('view=default'), gone('view=private-1a')]).toEqual([true, false, false, false, false])
})

test('the page goes on to show what a deleted view held', () => {
  const left = (search: string, another: boolean) => withoutView(new URLSearchParams(search), another).toString()
  expect(left('q=1&view=v1', true)).toBe('q=1')
  // By itself an experiment opens with its own view.
  expect(left('experiment=1&view=v1', true)).toBe('experiment=1&view=default')
  expect(left('experiment=1&view=v1', false)).toBe('experiment=1')
})

test('changes keep the name of the view that they began with', () => {
  expect(keepingView(new URLSearchParams('q=1&view=v1'), new URLSearchParams('q=2')).toString()).toBe('q=2&view=v1')
  expect(keepingView(new URLSearchParams('q=1'), new URLSearchParams('q=2')).toString()).toBe('q=2')
})

const scoped = { view_id: 'v2', name: 'of two', query: 'experiment=1&experiment=2&q=x' }
const SCOPE = ['experiment']

test('a view is shown of the experiments that are chosen, else of its own', () => {
  const elsewhere = new URLSearchParams('experiment=7&sort=-started')
  expect(viewSearch(scoped, elsewhere, SCOPE).toString()).toBe('experiment=7&q=x&view=v2')
  expect(viewSearch(scoped, new URLSearchParams('sort=name'), SCOPE).toString()).toBe('experiment=1&experiment=2&q=x&view=v2')
  expect(currentView(new URLSearchParams('experiment=7&q=x&view=v2'), [scoped], SCOPE)).toEqual({ view: scoped, edited: false })
})

test('a changed view goes on to say of which experiments it is', () => {
  const search = new URLSearchParams('experiment=7&q=y&view=v2')
  expect(currentView(search, [scoped], SCOPE).edited).toBe(true)
  expect(changedQuery(scoped, search, SCOPE)).toBe('experiment=1&experiment=2&q=y')
})

test('the built-in view has a link of its own', () => {
  const present = new URLSearchParams('experiment=1&q=x&view=v2')
  expect(builtInSearch(present, SCOPE, false).toString()).toBe('experiment=1')
  expect(builtInSearch(present, SCOPE, true).toString()).toBe('experiment=1&view=default')
})

test.each([
  ['experiment=1', '1'],
  ['experiment=1&experiment=2', null],
  ['experiment=1&q=a', null],
  ['experiment=1&view=default', null],
  ['', null],
])('?%s opens with the view of experiment %s', (search, experiment) => {
  expect(plainExperiment(new URLSearchParams(search))).toBe(experiment)
})
