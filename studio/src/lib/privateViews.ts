// Views that only this browser knows, until there are people to tell apart.
import type { NamedView } from './savedViews'

export interface PrivateView extends NamedView {
  page: string
}

/** What storage holds, as far as it is such a list. */
export function readPrivateViews(value: unknown): PrivateView[] {
  return Array.isArray(value) ? value.filter(isView) : []
}

function isView(value: unknown): value is PrivateView {
  if (typeof value !== 'object' || value === null) return false
  return ['view_id', 'name', 'query', 'page'].every((key) => key in value && typeof (value as Record<string, unknown>)[key] === 'string')
}

/** The views with one more, or with one changed; by name. Throws where a page has another one of that name. */
export function withView(views: readonly PrivateView[], view: PrivateView): PrivateView[] {
  const name = view.name.trim()
  const others = views.filter(({ view_id: id }) => id !== view.view_id)
  if (others.some((each) => each.page === view.page && each.name === name)) {
    throw new Error(`There is a private view with the name '${name}' already.`)
  }
  return [...others, { ...view, name }].sort((one, other) => one.name.localeCompare(other.name))
}

export function withoutView(views: readonly PrivateView[], id: string): PrivateView[] {
  return views.filter(({ view_id: each }) => each !== id)
}
