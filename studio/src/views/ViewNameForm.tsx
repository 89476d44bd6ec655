import { useState } from 'react'
import { CheckOption } from '../components/CheckOption'
import { EditForm } from '../components/EditForm'
import { shownQuery } from '../lib/savedViews'
import type { PageView, PageViewAction } from './pageViews'

interface ViewNameFormProps {
  renamed: PageView | undefined
  search: URLSearchParams
  saving: boolean
  error: Error | null
  onSave: (action: PageViewAction) => void
  onCancel: () => void
}

/** Names a new view, or anew one that there is. */
export function ViewNameForm({ renamed, search, saving, error, onSave, onCancel }: ViewNameFormProps) {
  const [isPrivate, setPrivate] = useState(false)
  return (
    <div className="view-form">
    <EditForm
      label="Name of the view" value={renamed?.name ?? ''} required fresh saving={saving} error={error} onCancel={onCancel}
      onSave={(name) =>
        onSave(renamed === undefined ? { kind: 'create', private: isPrivate, name, query: shownQuery(search) } : { kind: 'change', view: renamed, change: { name } })
      }
    >
      {renamed === undefined && (
        <CheckOption label="Private" title="Kept in this browser only, until there is sign-on" checked={isPrivate} onChange={setPrivate} />
      )}
    </EditForm>
    </div>
  )
}
