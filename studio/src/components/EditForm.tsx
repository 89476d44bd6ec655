import { Button } from '@fluentui/react-components'
import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode, SyntheticEvent } from 'react'
import { ChangedMeanwhile } from '../api/actions'
import { useReturnFocus } from '../state/keyboard'

interface EditFormProps {
  /** What is edited, as "Name". */
  label: string
  value: string
  lines?: number
  required?: boolean
  /** Something new, which is saved also when nothing was typed. */
  fresh?: boolean
  saving: boolean
  error: Error | null
  /** `begun` is what the reader saw before, which somebody else may have changed. */
  onSave: (value: string, begun: string | null) => void
  onCancel: () => void
  children?: ReactNode
}

/** A field in place of a text: Enter saves (in several lines with Ctrl), Escape leaves everything as it was. */
export function EditForm(props: EditFormProps) {
  const { label, value, lines = 1, required = false, fresh = false, saving, error, onSave, onCancel, children } = props
  const [first] = useState(value)
  const [text, setText] = useState(value)
  // What was told is seen.
  const begun = error instanceof ChangedMeanwhile ? error.value : first
  useReturnFocus()
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const save = (event?: SyntheticEvent) => {
    event?.preventDefault()
    if (text === value && !fresh) onCancel()
    else if (!required || text.trim() !== '') onSave(text, begun)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel()
    if (event.key === 'Enter' && lines > 1 && (event.ctrlKey || event.metaKey)) save()
  }
  const shared = { ref: field, value: text, placeholder: label, 'aria-label': label, 'aria-invalid': error !== null, spellCheck: lines > 1, onKeyDown }
  return (
    <form className={lines > 1 ? 'edit-form tall' : 'edit-form'} onSubmit={save}>
      {children}
      {lines > 1 ? (
        <textarea {...shared} rows={lines} onChange={(event) => setText(event.target.value)} />
      ) : (
        <input {...shared} type="text" onChange={(event) => setText(event.target.value)} />
      )}
      <span className="edit-actions">
        <Button type="submit" appearance="primary" size="small" disabled={saving || (required && text.trim() === '')}>
          Save
        </Button>
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
      </span>
      {error !== null && (
        <span role="alert" className="edit-error">
          {error.message}
        </span>
      )}
    </form>
  )
}
