import { ConfirmDialog } from '../components/ConfirmDialog'
import type { PageView } from './pageViews'

interface DeleteViewProps {
  view: PageView
  /** The experiment whose list opens with it. */
  opens: string | undefined
  pending: boolean
  error: Error | null
  onConfirm: () => void
  onClose: () => void
}

/** Asks before a view goes, which others may use. */
export function DeleteView({ view, opens, ...rest }: DeleteViewProps) {
  return (
    <ConfirmDialog title={`Delete the view “${view.name}”?`} action="Delete the view" danger {...rest}>
      <p>{view.private ? 'It is in this browser only.' : 'It goes for everybody.'} What it shows stays: runs are not touched, and links to it work.</p>
      {opens !== undefined && <p>The list of {opens} opens with it, and will open with Default.</p>}
    </ConfirmDialog>
  )
}
