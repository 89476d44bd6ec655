import type { KeyboardEvent } from 'react'
import { useMemo, useState } from 'react'
import { ancestors } from '../../../lib/preview'
import { TreeFolder } from './TreeFolder'

interface ArtifactTreeProps {
  runId: string
  loading: boolean
  chosen: string | null
  choose: (path: string) => void
}

/** Folders open on demand; the chosen one and those above what is chosen are open from the start. */
export function ArtifactTree({ runId, loading, chosen, choose }: ArtifactTreeProps) {
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map())
  const above = useMemo(() => new Set(chosen === null ? [] : [...ancestors(chosen), chosen.replace(/\/$/, '')]), [chosen])
  const isOpen = (path: string) => toggled.get(path) ?? above.has(path)
  const toggle = (path: string) => setToggled(new Map(toggled).set(path, !isOpen(path)))
  return (
    <div className="tree" role="tree" data-list aria-label="Outputs" aria-busy={loading} onKeyDown={moveInTree}>
      {loading ? (
        Array.from({ length: 6 }, (_, index) => (
          <div key={index} className="row-button tree-row" aria-hidden>
            <span className="skeleton" style={{ width: 140 }} />
          </div>
        ))
      ) : (
        <TreeFolder runId={runId} folder="" level={1} chosen={chosen} choose={choose} isOpen={isOpen} toggle={toggle} />
      )}
    </div>
  )
}

/** Up and down lead from row to row; right opens a folder and enters it, left closes it and leaves it. */
export function moveInTree(event: KeyboardEvent<HTMLElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=treeitem]')]
  const at = rows.findIndex((row) => row === document.activeElement)
  const row = rows[at]
  if (row === undefined) return
  const open = row.getAttribute('aria-expanded')
  if (event.key === 'ArrowDown') rows[at + 1]?.focus()
  else if (event.key === 'ArrowUp') rows[at - 1]?.focus()
  else if (event.key === 'ArrowRight' && open === 'false') row.click()
  else if (event.key === 'ArrowRight' && open === 'true') rows[at + 1]?.focus()
  else if (event.key === 'ArrowLeft' && open === 'true') row.click()
  else if (event.key === 'ArrowLeft') outer(rows, at)?.focus()
  // Folders are no buttons, since a link to their zip stands in them.
  else if ((event.key === 'Enter' || event.key === ' ') && open !== null) row.click()
  else return
  event.preventDefault()
}

/** The row that holds this one. */
function outer(rows: readonly HTMLElement[], at: number): HTMLElement | undefined {
  const level = (row: HTMLElement | undefined) => Number(row?.getAttribute('aria-level') ?? 0)
  return rows.slice(0, at).findLast((row) => level(row) < level(rows[at]))
}
