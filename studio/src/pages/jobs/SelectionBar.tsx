import { Button } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { moveRuns } from '../../api/actions'
import type { TrashAction } from '../../api/actions'
import { archiveRuns } from '../../api/archive'
import { compareQuery } from '../../api/queries'
import { trashChanged } from '../../api/trash'
import type { ArchiveAction } from '../../lib/archive'
import { comparePath } from '../../lib/compareState'
import { formatCount, plural } from '../../lib/format'
import { isFocusLost } from '../../lib/focus'
import type { JobsList } from '../../lib/jobsState'
import { useCommands } from '../../state/commands'
import { navigate } from '../../state/location'
import { DeleteForEver } from '../trash/DeleteForEver'
import { TagForm } from './TagForm'

/** The server compares so many at most. */
const MOST_COMPARED = 100

interface SelectionBarProps {
  list: JobsList
  ids: ReadonlySet<string>
  clear: () => void
  move: ReturnType<typeof useMoveRuns>
}

type MoveAction = TrashAction | ArchiveAction

interface Move {
  action: MoveAction
  ids: readonly string[]
}

interface Words {
  label: string
  /** What then was done with the runs. */
  done: string
  undo: MoveAction
}

const WORDS: Readonly<Record<MoveAction, Words>> = {
  archive: { label: 'Archive', done: 'archived', undo: 'unarchive' },
  unarchive: { label: 'Unarchive', done: 'unarchived', undo: 'archive' },
  delete: { label: 'Delete', done: 'moved to the trash', undo: 'restore' },
  restore: { label: 'Restore', done: 'restored', undo: 'delete' },
}
const OFFERED: Readonly<Record<JobsList, readonly MoveAction[]>> = {
  active: ['archive', 'delete'],
  archived: ['unarchive', 'delete'],
  deleted: ['restore'],
}

function carryOut({ action, ids }: Move): Promise<void> {
  return action === 'archive' || action === 'unarchive' ? archiveRuns(action, ids) : moveRuns(action, ids)
}

/** Puts runs elsewhere. What was done last is told also where the list is empty then, so it is known above the bar. */
export function useMoveRuns(clear: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: carryOut,
    onSuccess: clear,
    // The live stream tells other pages; this one need not wait for it.
    onSettled: () => trashChanged(client),
  })
}

/** What can be done with the checked runs, and what was just done, with a way back. */
export function SelectionBar({ list, ids, clear, move }: SelectionBarProps) {
  const [tagged, setTagged] = useState('')
  // What was done with some runs says nothing of others.
  useEffect(() => setTagged(''), [ids])
  const checked = plural(ids.size, 'checked run')
  useCommands(
    ids.size === 0
      ? []
      : [
          ...OFFERED[list].map((action) => ({ id: action, label: `${WORDS[action].label} ${checked}`, run: () => move.mutate({ action, ids: [...ids] }) })),
          ...(ids.size < 2 || ids.size > MOST_COMPARED ? [] : [{ id: 'compare', label: `Compare ${checked}`, run: () => navigate(comparePath([...ids])) }]),
          { id: 'uncheck', label: `Clear ${checked}`, run: clear },
        ],
  )
  return (
    <div className="selection" role="toolbar" aria-label="Checked runs">
      {ids.size > 0 && (
        <>
          <span>{formatCount(ids.size)} checked</span>
          <CompareButton ids={ids} />
          {list !== 'deleted' && <TagForm ids={ids} onDone={setTagged} />}
          {OFFERED[list].map((action) => (
            <Button key={action} size="small" disabled={move.isPending} onClick={() => move.mutate({ action, ids: [...ids] })}>
              {WORDS[action].label}
            </Button>
          ))}
          {list === 'deleted' && <DeleteForEver small choice={{ run_ids: [...ids] }} label="Delete for ever…" onStarted={clear} />}
          <Button appearance="subtle" size="small" onClick={clear}>
            Clear
          </Button>
        </>
      )}
      {tagged !== '' && ids.size > 0 && (
        <span role="status" className="ellipsis" title={tagged}>
          {tagged}
        </span>
      )}
      {move.isError && <span role="alert">{move.error.message}</span>}
      {move.isSuccess && ids.size === 0 && <Moved move={move.variables} undo={move.mutate} />}
    </div>
  )
}

function CompareButton({ ids }: { ids: ReadonlySet<string> }) {
  const client = useQueryClient()
  const tooMany = ids.size > MOST_COMPARED
  const title = ids.size < 2 ? 'Check at least two runs' : tooMany ? `At most ${MOST_COMPARED} runs can be compared` : undefined
  return (
    <Button
      appearance="primary"
      size="small"
      disabledFocusable={ids.size < 2 || tooMany}
      {...(title === undefined ? {} : { title })}
      onClick={() => {
        // While the page is built, its answer is on the way; the page itself tells what fails.
        client.query(compareQuery([...ids])).catch(() => undefined)
        navigate(comparePath([...ids]))
      }}
    >
      Compare
    </Button>
  )
}

function Moved({ move, undo }: { move: Move; undo: (move: Move) => void }) {
  const { done, undo: action } = WORDS[move.action]
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // The buttons that were there went with what was checked.
    if (isFocusLost()) button.current?.focus()
  }, [move])
  return (
    <>
      <span role="status">
        {plural(move.ids.length, 'run')} {done}
      </span>
      <Button ref={button} appearance="subtle" size="small" onClick={() => undo({ action, ids: move.ids })}>
        Undo
      </Button>
    </>
  )
}
