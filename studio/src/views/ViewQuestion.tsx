import { ConfirmDialog } from '../components/ConfirmDialog'
import type { PageView } from './pageViews'

export type Question = 'delete' | 'overwrite'

interface ViewQuestionProps {
  kind: Question
  view: PageView
  /** The experiment whose list opens with it. */
  opens: string | undefined
  pending: boolean
  error: Error | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before a view is lost for everybody, or what somebody else saved in it meanwhile. */
export function ViewQuestion({ kind, view, opens, pending, error, onConfirm, onClose }: ViewQuestionProps) {
  const deletes = kind === 'delete'
  return (
    <ConfirmDialog
      title={deletes ? 'Delete this view?' : 'Somebody else changed this view'} action={deletes ? 'Delete the view' : 'Overwrite'}
      danger pending={pending} error={error} onConfirm={onConfirm} onClose={onClose}
    >
      {deletes ? (
        <>
          <p>
            “{view.name}” goes {view.private ? 'from this browser' : 'for everybody'} and can’t be restored. Links to it still show what they showed.
          </p>
          {opens !== undefined && <p>The list of {opens} opens with it, and will open with Default.</p>}
        </>
      ) : (
        <p>
          Since this page showed “{view.name}”, other changes were saved in it. Saving yours replaces them; <b>Save as new…</b> keeps both.
        </p>
      )}
    </ConfirmDialog>
  )
}
