import { useSearch, useSetSearch } from '../../../state/location'

const KEY = 'open'

export interface OpenRows {
  isOpen: (row: string) => boolean
  toggle: (row: string) => void
}

/** Which rows of the page are open, kept in the URL. */
export function useOpenRows(): OpenRows {
  const open = new URLSearchParams(useSearch()).getAll(KEY)
  const setSearch = useSetSearch()
  const toggle = (row: string) => {
    const search = new URLSearchParams(location.search)
    const others = search.getAll(KEY).filter((each) => each !== row)
    const opens = !search.getAll(KEY).includes(row)
    search.delete(KEY)
    for (const each of opens ? [...others, row] : others) search.append(KEY, each)
    setSearch(search)
  }
  return { isOpen: (row) => open.includes(row), toggle }
}
