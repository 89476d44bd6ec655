// The URL as state: where the reader is and what the page shows.
import { useCallback, useSyncExternalStore } from 'react'
import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react'

const CHANGED = 'runyard:location'

let back = false
addEventListener('popstate', () => {
  back = true
})

/** Whether the reader came to what is shown by the browser's back or forward. */
export function cameBack(): boolean {
  return back
}

export function navigate(href: string, { replace = false } = {}): void {
  if (href === location.pathname + location.search) return
  back = false
  if (replace) history.replaceState(null, '', href)
  else history.pushState(null, '', href)
  dispatchEvent(new Event(CHANGED))
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener)
  addEventListener(CHANGED, listener)
  return () => {
    removeEventListener('popstate', listener)
    removeEventListener(CHANGED, listener)
  }
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname)
}

export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => location.search)
}

/** Write the query of the present page; small steps, as of a slider, replace the entry in the history. */
export function useSetSearch(): (search: URLSearchParams, replace?: boolean) => void {
  return useCallback((search, replace = true) => {
    const text = search.toString()
    navigate(location.pathname + (text === '' ? '' : `?${text}`), { replace })
  }, [])
}

interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  href: string
  children: ReactNode
}

/** An ordinary link that changes pages without loading the studio again. */
export function Link({ href, children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    navigate(href)
  }
  return (
    <a {...rest} href={href} onClick={follow}>
      {children}
    </a>
  )
}
