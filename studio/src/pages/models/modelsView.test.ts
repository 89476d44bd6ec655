import { describe, expect, it, test } from 'vitest'
import { modelsRequest, readModelsView, sortedBy, writeModelsView } from './modelsView'

describe('the view in the URL', () => {
  it.each(['', 'q=iris', 'sort=updated', 'sort=-name', 'q=tags.team+%3D+%27a%27&sort=-created'])('%s', (query) => {
    expect(writeModelsView(readModelsView(new URLSearchParams(query))).toString()).toBe(query)
  })

  it('leaves out what is no sort', () => {
    expect(readModelsView(new URLSearchParams('sort=-size'))).toEqual({ search: '', sort: 'name', descending: false })
  })
})

test('text is searched for and expressions filter', () => {
  const view = readModelsView(new URLSearchParams())
  expect(modelsRequest({ ...view, search: ' iris ' })).toMatchObject({ search: 'iris', filter: '' })
  const filter = "tags.team = 'vision'"
  expect(modelsRequest({ ...view, search: filter })).toMatchObject({ search: '', filter })
})

test('a click sorts, a second one turns the order', () => {
  const view = readModelsView(new URLSearchParams())
  const updated = sortedBy(view, 'updated')
  expect(updated).toMatchObject({ sort: 'updated', descending: true })
  expect(sortedBy(updated, 'updated').descending).toBe(false)
  expect(sortedBy(updated, 'name')).toMatchObject({ sort: 'name', descending: false })
})
