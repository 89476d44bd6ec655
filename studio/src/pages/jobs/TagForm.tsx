import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { SyntheticEvent } from 'react'
import { tagRuns } from '../../api/actions'
import { namesQuery } from '../../api/queries'
import { plural } from '../../lib/format'

interface TagFormProps {
  ids: ReadonlySet<string>
  onDone: (told: string) => void
}

/** Sets a tag on all checked runs, or removes it from them. */
export function TagForm({ ids, onDone }: TagFormProps) {
  const [open, setOpen] = useState(false)
  return (
    <Popover open={open} onOpenChange={(_event, data) => setOpen(data.open)} positioning="above-start" trapFocus>
      <PopoverTrigger>
        <Button size="small">Tag…</Button>
      </PopoverTrigger>
      <PopoverSurface className="picker" aria-label="Tag the checked runs">
        <Fields
          ids={ids}
          onDone={(told) => {
            setOpen(false)
            onDone(told)
          }}
        />
      </PopoverSurface>
    </Popover>
  )
}

function Fields({ ids, onDone }: TagFormProps) {
  const [key, setKey] = useState('')
  const [value, setValue] = useState('')
  const names = useId()
  const known = useQuery(namesQuery('tag', [], '', 200))
  // Those that clients set themselves mean something to them.
  const offered = known.data?.names.filter((each) => !each.startsWith('mlflow.')) ?? []
  const client = useQueryClient()
  const name = key.trim()
  const change = useMutation({
    mutationFn: (remove: boolean) =>
      tagRuns({ run_ids: [...ids], ...(remove ? { delete_tags: [name] } : { set_tags: [{ key: name, value }] }) }),
    onSuccess: (runs, remove) => onDone(remove ? removed(name, runs, ids.size) : `${name} = ${value} set on ${plural(runs, 'run')}`),
    // The live stream tells other pages; this one need not wait for it.
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey: [path] }) => path === '/runs' || path === '/run-groups' }),
  })
  const set = (event: SyntheticEvent) => {
    event.preventDefault()
    if (name !== '') change.mutate(false)
  }
  return (
    <form className="tag-form" onSubmit={set}>
      <label>
        Tag
        <input list={names} value={key} required autoComplete="off" spellCheck={false} onChange={(event) => setKey(event.target.value)} />
      </label>
      <datalist id={names}>{offered.map((each) => <option key={each} value={each} />)}</datalist>
      <label>
        Value
        <input value={value} autoComplete="off" spellCheck={false} onChange={(event) => setValue(event.target.value)} />
      </label>
      {change.isError && (
        <div role="alert" className="find-error">
          {change.error.message}
        </div>
      )}
      <span className="edit-actions">
        <Button type="submit" appearance="primary" size="small" disabled={name === '' || change.isPending}>
          Set on {plural(ids.size, 'run')}
        </Button>
        <Button size="small" disabled={name === '' || change.isPending} onClick={() => change.mutate(true)}>
          Remove
        </Button>
      </span>
    </form>
  )
}

function removed(name: string, runs: number, checked: number): string {
  if (runs === checked) return `${name} removed from ${plural(runs, 'run')}`
  return `${name} removed from ${runs} of ${plural(checked, 'run')}: the others did not have it`
}
