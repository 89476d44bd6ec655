import { Suspense, lazy, useState } from 'react'
import { useChangeRun } from '../../../api/actions'
import { EditButton } from '../../../components/EditButton'
import { EditForm } from '../../../components/EditForm'

// Most runs have no description, and the page is there before the code that draws one.
const Markdown = lazy(() => import('../../../components/Markdown'))

/** A run's description in Markdown. */
export function Description({ runId, text, editable }: { runId: string; text: string; editable: boolean }) {
  const [editing, setEditing] = useState(false)
  const change = useChangeRun(runId)
  if (text === '' && !editable) return null
  return (
    <section>
      <h2>
        Description {editable && !editing && <EditButton label="Edit the description" onClick={() => setEditing(true)} />}
      </h2>
      {editing ? (
        <EditForm
          label="Description in Markdown" value={text} lines={8} saving={change.isPending} error={change.error}
          onCancel={() => setEditing(false)}
          onSave={(description) => change.mutate({ description }, { onSuccess: () => setEditing(false) })}
        />
      ) : text === '' ? (
        <p className="muted">None yet.</p>
      ) : (
        <Suspense fallback={<p className="overview-note">{text}</p>}>
          <Markdown text={text} />
        </Suspense>
      )}
    </section>
  )
}
