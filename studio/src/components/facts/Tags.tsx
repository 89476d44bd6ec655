import { Button } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { useState } from 'react'
import { ChangedMeanwhile, useChange } from '../../api/actions'
import type { Seen } from '../../api/actions'
import type { KeyValue } from '../../api/types'
import { CopyButton } from '../CopyButton'
import { EditButton } from '../EditButton'
import { EditForm } from '../EditForm'
import { formatCount } from '../../lib/format'

interface TagsProps {
  /** Of what has the tags, in the studio's API. */
  path: string
  tags: readonly KeyValue[]
  editable: boolean
}

/** What people set: each can be changed or taken away, and more can be added. */
export function Tags({ path, tags, editable }: TagsProps) {
  const [adding, setAdding] = useState(false)
  return (
    <section>
      <h2>
        Tags <span className="muted">{tags.length > 0 && formatCount(tags.length)}</span>
        {editable && !adding && (
          <Button appearance="transparent" size="small" icon={<AddRegular />} onClick={() => setAdding(true)}>
            Add
          </Button>
        )}
      </h2>
      {adding && <NewTag path={path} close={() => setAdding(false)} />}
      {tags.length === 0 && !adding && <p className="muted">No tags were set.</p>}
      {tags.map((tag) => (
        <TagRow key={tag.key} path={path} tag={tag} editable={editable} />
      ))}
    </section>
  )
}

function TagRow({ path, tag: { key, value }, editable }: { path: string; tag: KeyValue; editable: boolean }) {
  const [editing, setEditing] = useState(false)
  const change = useChange(path)
  const close = () => {
    setEditing(false)
    change.reset()
  }
  if (editing) {
    return (
      <EditForm
        label={`Value of ${key}`} value={value} saving={change.isPending} error={change.error}
        onCancel={close}
        onSave={(text, begun) => change.mutate({ change: { set_tags: [{ key, value: text }] }, seen: seenTag(key, begun) }, { onSuccess: close })}
      >
        <span className="key-name">{key}</span>
      </EditForm>
    )
  }
  return (
    <div className="key-row tag-row">
      <span className="key-name" title={key}>
        {key}
      </span>
      <span className="key-value">
        {value === '' ? <span className="muted">empty</span> : value}
        {change.isError && <span role="alert"> {change.error.message}</span>}
      </span>
      <span className="tag-actions">
        {editable && (
          <>
            <EditButton label={`Change ${key}`} onClick={() => setEditing(true)} />
            <Button
              className="edit" appearance="transparent" size="small" icon={<DismissRegular />}
              aria-label={`Remove ${key}`} title="Remove" disabled={change.isPending}
              onClick={() => change.mutate({ change: { delete_tags: [key] }, seen: seenTag(key, value) })}
            />
          </>
        )}
        <CopyButton text={value} label={`Copy the value of ${key}`} />
      </span>
    </div>
  )
}

function NewTag({ path, close }: { path: string; close: () => void }) {
  const [key, setKey] = useState('')
  const change = useChange(path)
  // One of that name may be there already.
  const told = change.error instanceof ChangedMeanwhile ? change.error.value : null
  // The name first, then the value: two fields that each end with Enter.
  if (key === '') {
    return (
      <EditForm label="Name of the tag" value="" required saving={false} error={null} onCancel={close} onSave={(text) => setKey(text.trim())} />
    )
  }
  return (
    <EditForm
      key="value" label={`Value of ${key}`} value="" fresh saving={change.isPending} error={change.error} onCancel={close}
      onSave={(text) => change.mutate({ change: { set_tags: [{ key, value: text }] }, seen: seenTag(key, told) }, { onSuccess: close })}
    >
      <span className="key-name">{key}</span>
    </EditForm>
  )
}

function seenTag(key: string, value: string | null): Seen {
  return { what: key, read: ({ tags }) => tags.find((tag) => tag.key === key)?.value ?? null, value }
}
