// What the list of registered models shows, kept in the URL.
import { isExpression } from '../../lib/filter'
import type { ModelsRequest } from '../../api/registry'

type SortKey = ModelsRequest['sort']

export interface ModelsView {
  search: string
  sort: SortKey
  descending: boolean
}

const SORT_KEYS: readonly string[] = ['name', 'created', 'updated']

export function readModelsView(search: URLSearchParams): ModelsView {
  const text = search.get('sort') ?? ''
  const by = text.replace(/^-/, '')
  const known = SORT_KEYS.includes(by)
  return {
    search: search.get('q') ?? '',
    sort: known ? (by as SortKey) : 'name',
    descending: known && text.startsWith('-'),
  }
}

export function writeModelsView(view: ModelsView): URLSearchParams {
  const search = new URLSearchParams()
  if (view.search !== '') search.set('q', view.search)
  if (view.sort !== 'name' || view.descending) search.set('sort', `${view.descending ? '-' : ''}${view.sort}`)
  return search
}

/** Plain text is looked for in names, anything else is a filter in the registry's language. */
export function modelsRequest(view: ModelsView): ModelsRequest {
  const expression = isExpression(view.search)
  return {
    search: expression ? '' : view.search.trim(),
    filter: expression ? view.search : '',
    sort: view.sort,
    descending: view.descending,
  }
}

/** The next sort after a click on a column's title: times begin with the latest. */
export function sortedBy(view: ModelsView, by: SortKey): ModelsView {
  if (view.sort === by) return { ...view, descending: !view.descending }
  return { ...view, sort: by, descending: by !== 'name' }
}
