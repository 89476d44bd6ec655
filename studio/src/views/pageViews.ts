// The views of a page, those of everybody and those of this browser.
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useViewAction } from '../api/actions'
import { viewsQuery } from '../api/queries'
import type { ViewPage } from '../api/types'
import { withoutView, withView } from '../lib/privateViews'
import { PRIVATE } from '../lib/savedViews'
import type { NamedView } from '../lib/savedViews'
import { privateViews } from '../state/privateViews'
import { useStored } from '../state/stored'

export interface PageView extends NamedView {
  private: boolean
}

/** `held` is what the view held when it was seen: something else that somebody saved meanwhile is not overwritten. */
export interface ViewChange {
  name?: string
  query?: string
  held?: string
}

export type PageViewAction =
  | { kind: 'create'; private: boolean; name: string; query: string }
  | { kind: 'change'; view: PageView; change: ViewChange }
  | { kind: 'delete'; view: PageView }
  /** From this browser to everybody. */
  | { kind: 'share'; view: PageView }

/** The views of a page, and whether those of everybody are among them by now. */
export function usePageViews(page: ViewPage): { views: PageView[]; known: boolean; refetch: () => void } {
  const { data, refetch } = useQuery(viewsQuery(page))
  // Others may have saved, renamed or deleted views meanwhile.
  useEffect(() => {
    const look = () => void refetch()
    addEventListener('focus', look)
    return () => removeEventListener('focus', look)
  }, [refetch])
  const own = useStored(privateViews).filter((view) => view.page === page)
  const views = [
    ...(data?.views ?? []).map((view) => ({ ...view, private: false })),
    ...own.map((view) => ({ ...view, private: true })),
  ]
  return { views, known: data !== undefined, refetch: () => void refetch() }
}

/** Save, change, share or delete a view; answers the view, if there is one still. */
export function usePageViewAction(page: ViewPage) {
  const shared = useViewAction(page)
  return useMutation({
    mutationFn: async (action: PageViewAction): Promise<NamedView | null> => {
      if (action.kind === 'create') {
        const { name, query } = action
        return action.private ? keep({ view_id: newId(), name, query }, page) : shared.mutateAsync({ kind: 'create', name, query })
      }
      const { view } = action
      if (action.kind === 'share') {
        const made = await shared.mutateAsync({ kind: 'create', name: view.name, query: view.query })
        privateViews.set(withoutView(privateViews.get(), view.view_id))
        return made
      }
      if (action.kind === 'change') {
        return view.private ? keep({ ...view, ...action.change }, page) : shared.mutateAsync({ kind: 'change', id: view.view_id, change: action.change })
      }
      if (!view.private) return shared.mutateAsync({ kind: 'delete', id: view.view_id })
      privateViews.set(withoutView(privateViews.get(), view.view_id))
      return null
    },
  })
}

function keep({ view_id, name, query }: NamedView, page: ViewPage): NamedView {
  const view = { view_id, name, query, page }
  privateViews.set(withView(privateViews.get(), view))
  return view
}

function newId(): string {
  return `${PRIVATE}${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`
}
