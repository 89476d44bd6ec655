import { Suspense, lazy, useState } from 'react'
import { useChange } from '../../api/actions'
import type { Entry } from '../../api/actions'
import { ATTRIBUTES } from '../../lib/columns'
import { EditButton } from '../EditButton'
import { EditForm } from '../EditForm'

// Most have no description, and the page is there before the code that draws one.
const Markdown = lazy(() => import('../Markdown'))

interface DescriptionProps {
  /** Of what is described, in the studio's API. */
  path: string
  text: string
  editable: boolean
}

/** A description in Markdown, and a way to change it. */
export function Description({ path, text, editable }: DescriptionProps) {
  const [editing, setEditing] = useState(false)
  const change = useChange(path)
  const close = () => {
    setEditing(false)
    change.reset()
  }
  if (text === '' && !editable) return null
  return (
    <section>
      <h2>
        Description {editable && !editing && <EditButton label="Edit the description" onClick={() => setEditing(true)} />}
      </h2>
      {editing ? (
        <EditForm
          label="Description in Markdown" value={text} lines={8} saving={change.isPending} error={change.error}
          onCancel={close}
          onSave={(description, begun) =>
            change.mutate({ change: { description }, seen: { what: 'The description', read: descriptionOf, value: begun } }, { onSuccess: close })
          }
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

function descriptionOf({ description, tags }: Entry): string {
  return description ?? tags.find(({ key }) => key === ATTRIBUTES['description']?.tag)?.value ?? ''
}
