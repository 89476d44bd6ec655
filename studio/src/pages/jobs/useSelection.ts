import { useCallback, useEffect, useRef, useState } from 'react'
import type { JobsView } from '../../lib/jobsState'
import { NOTHING_SELECTED } from '../../lib/selection'
import type { Selection } from '../../lib/selection'
import { useKept } from '../../state/kept'
import { MOST_DRAWN } from './charts/drawnRuns'

/** The checked rows. While charts follow them, and while they are few enough for that, the URL names them, too. */
export function useSelection({ charts, checked }: JobsView, change: (part: Partial<JobsView>) => void) {
  const shown = useRef<Selection | null>(null)
  const before = useKept('checked', () => shown.current)
  const [selection, setSelection] = useState<Selection>(() => (charts === null && before !== null ? before : { ids: new Set(checked), anchor: null }))
  const latest = useRef(selection)
  useEffect(() => {
    shown.current = selection
  }, [selection])
  const said = checked.join()
  const [known, setKnown] = useState(said)
  if (known !== said) {
    setKnown(said)
    // Another entry of the history, and not the echo of a click here.
    if (charts !== null && said !== written(latest.current)) {
      latest.current = { ids: new Set(checked), anchor: null }
      setSelection(latest.current)
    }
  }
  const select = useCallback(
    (pick: (before: Selection) => Selection) => {
      latest.current = pick(latest.current)
      setSelection(latest.current)
      if (charts !== null) change({ checked: inLink(latest.current) })
    },
    [charts, change],
  )
  const open = charts !== null
  useEffect(() => {
    // Charts that are opened follow what is checked already.
    if (open && latest.current.ids.size > 0) change({ checked: inLink(latest.current) })
  }, [open, change])
  const clear = useCallback(() => select(() => NOTHING_SELECTED), [select])
  return { selection, select, clear }
}

function inLink({ ids }: Selection): string[] {
  return ids.size > MOST_DRAWN ? [] : [...ids]
}

function written(selection: Selection): string {
  return inLink(selection).join()
}
