// Saved views in the address: `view` names the one that the page began with, the rest says what it shows now.

export const VIEW_KEY = 'view'

export interface NamedView {
  view_id: string
  name: string
  query: string
}

/** What a page shows, as it is saved: without the view's own id, and in one order. */
export function shownQuery(search: URLSearchParams): string {
  const entries = [...search].filter(([key]) => key !== VIEW_KEY)
  // Values of one key keep their order, which may mean something, as that of columns does.
  entries.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
  return new URLSearchParams(entries).toString()
}

/** The address's query that shows a view. */
export function viewSearch({ view_id: id, query }: NamedView): URLSearchParams {
  const search = new URLSearchParams(query)
  search.set(VIEW_KEY, id)
  return search
}

/** The query of what was written, with the view that the page began with. */
export function keepingView(present: URLSearchParams, written: URLSearchParams): URLSearchParams {
  const id = present.get(VIEW_KEY)
  if (id !== null) written.set(VIEW_KEY, id)
  return written
}

/** The view that the address names, if it is among these, and whether the page shows something else by now. */
export function currentView<V extends NamedView>(search: URLSearchParams, views: readonly V[]): { view: V | undefined; edited: boolean } {
  const view = views.find(({ view_id: id }) => id === search.get(VIEW_KEY))
  return { view, edited: view !== undefined && shownQuery(new URLSearchParams(view.query)) !== shownQuery(search) }
}
