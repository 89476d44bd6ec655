// Saved views in the address: `view` names the one that the page began with, the rest says what it shows now.

export const VIEW_KEY = 'view'
/** In place of a view's id: the built-in view, also where an experiment opens with another one. */
export const BUILT_IN = 'default'

/** Ids of private views begin so; the server's are hexadecimal. */
export const PRIVATE = 'private-'

export interface NamedView {
  view_id: string
  name: string
  query: string
}

/** Keys of the address that say of what a view is shown, as which experiments are listed. */
export type Scope = readonly string[]

/** What a page shows, as it is saved: without the view's own id, and in one order. */
export function shownQuery(search: URLSearchParams, without: Scope = []): string {
  const entries = [...search].filter(([key]) => key !== VIEW_KEY && !without.includes(key))
  // Values of one key keep their order, which may mean something, as that of columns does.
  entries.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
  return new URLSearchParams(entries).toString()
}

/** The address's query that shows a view: of what the page shows already, if that is said, else of what the view says. */
export function viewSearch({ view_id: id, query }: NamedView, present = new URLSearchParams(), scope: Scope = []): URLSearchParams {
  const kept = entriesOf(present, scope)
  const own = [...new URLSearchParams(query)].filter(([key]) => kept.length === 0 || !scope.includes(key))
  return new URLSearchParams([...kept, ...own, [VIEW_KEY, id]])
}

/** The query of the built-in view of the same; `named` says so in the address. */
export function builtInSearch(present: URLSearchParams, kept: Scope, named: boolean): URLSearchParams {
  const search = new URLSearchParams(entriesOf(present, kept))
  if (named) search.set(VIEW_KEY, BUILT_IN)
  return search
}

/** What a view holds after it was changed to what the page shows; it goes on to say of what by itself. */
export function changedQuery({ query }: NamedView, search: URLSearchParams, scope: Scope): string {
  const own = entriesOf(new URLSearchParams(query), scope)
  return shownQuery(new URLSearchParams([...own, ...new URLSearchParams(shownQuery(search, scope))]))
}

/** The query of what was written, with the view that the page began with. */
export function keepingView(present: URLSearchParams, written: URLSearchParams): URLSearchParams {
  const id = present.get(VIEW_KEY)
  if (id !== null) written.set(VIEW_KEY, id)
  return written
}

/** The view that the address names, if it is among these, and whether the page shows something else by now. */
export function currentView<V extends NamedView>(
  search: URLSearchParams,
  views: readonly V[],
  scope: Scope = [],
): { view: V | undefined; edited: boolean } {
  const view = views.find(({ view_id: id }) => id === search.get(VIEW_KEY))
  const edited = view !== undefined && shownQuery(new URLSearchParams(view.query), scope) !== shownQuery(search, scope)
  return { view, edited }
}

/**
 * Whether the address names a view that everybody should find and that is not among these, so that it was deleted. Private ones of
 * other browsers are not known here.
 */
export function namesGoneView(search: URLSearchParams, views: readonly NamedView[]): boolean {
  const id = search.get(VIEW_KEY)
  return id !== null && id !== BUILT_IN && !id.startsWith(PRIVATE) && views.every((view) => view.view_id !== id)
}

/** The address without the view that it names, which was deleted: the page goes on to show what it shows. */
export function withoutView(present: URLSearchParams, opensWithAnother: boolean): URLSearchParams {
  const search = new URLSearchParams(present)
  search.delete(VIEW_KEY)
  // Else the experiment's own view would open.
  if (opensWithAnother && plainExperiment(search) !== null) search.set(VIEW_KEY, BUILT_IN)
  return search
}

/** The experiment whose list this address opens and says nothing else about; null for other addresses. */
export function plainExperiment(search: URLSearchParams): string | null {
  const [only, ...others] = [...search]
  return only !== undefined && others.length === 0 && only[0] === 'experiment' ? only[1] : null
}

function entriesOf(search: URLSearchParams, keys: Scope): [string, string][] {
  return [...search].filter(([key]) => keys.includes(key))
}
