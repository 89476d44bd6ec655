import { useCallback, useMemo } from 'react'
import { readImagesView, writeImagesView } from '../../../lib/imagesState'
import type { ImagesView } from '../../../lib/imagesState'
import { useSearch, useSetSearch } from '../../../state/location'

export type ChangeImages = (part: Partial<ImagesView>) => void

/** What the URL says about the images, and a way to change parts of it. */
export function useImagesView(): [ImagesView, ChangeImages] {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readImagesView(new URLSearchParams(search)), [search])
  const change = useCallback(
    (part: Partial<ImagesView>) => {
      const present = readImagesView(new URLSearchParams(location.search))
      // The back button closes what fills the screen.
      const opens = part.full != null && present.full === null
      setSearch(writeImagesView({ ...present, ...part }), !opens)
    },
    [setSearch],
  )
  return [view, change]
}
