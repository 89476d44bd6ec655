import { Button } from '@fluentui/react-components'
import { FolderOpenRegular } from '@fluentui/react-icons/svg/folder-open'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ApiError } from '../../api/client'
import { checkQuery, useCreateJob } from '../../api/jobs'
import type { JobDetail, JobProblem } from '../../api/types'
import { TopBar } from '../../components/TopBar'
import { useDelayed } from '../../components/useDelayed'
import { jobPath } from '../../lib/routes'
import { useCommands } from '../../state/commands'
import { Link, navigate } from '../../state/location'
import { JobEditor } from './JobEditor'
import type { EditorHandle } from './JobEditor'
import { JobFields } from './JobFields'
import { OriginalNote } from './OriginalNote'

/** Without a key for so long, in milliseconds, a text is looked at. */
const CHECK_AFTER = 300
const NONE: readonly JobProblem[] = []

interface JobWriterProps {
  /** The job that this one is to be like. */
  original: JobDetail | null
  begin: string
}

/** A job file as a form and as a text, which are one: what changes in the one, the other shows. */
export function JobWriter({ original, begin }: JobWriterProps) {
  const [text, setText] = useState(begin)
  const editor = useRef<EditorHandle>(null)
  const create = useCreateJob()
  const fromJob = original?.name ?? null
  const settled = useDelayed(text, CHECK_AFTER)
  const check = useQuery({ ...checkQuery(settled, fromJob), enabled: settled.trim() !== '', placeholderData: keepPreviousData })
  const told = text.trim() === '' ? undefined : check.data
  const refused = create.error instanceof ApiError && create.error.problems.length > 0
  const problems = told?.problems ?? NONE
  const change = (next: string) => {
    create.reset()
    setText(next)
  }
  const submit = () => {
    if (text.trim() === '' || create.isPending) return
    const [first] = check.isPlaceholderData || settled !== text ? [] : problems
    if (first !== undefined) editor.current?.show(first.line)
    else create.mutate({ text, from_job: fromJob, experiment: original?.experiment_name ?? null }, { onSuccess: ({ name }) => navigate(jobPath(name)) })
  }
  useCommands([{ id: 'submit job', label: 'Submit this job', run: submit }])
  return (
    <>
      <TopBar>
        <Link href="/queue" className="crumb">
          Queue
        </Link>
        <span className="muted">/</span>
        <h1>New job</h1>
        <span className="grow" />
        <OpenFile onText={change} />
        <Button appearance="primary" size="small" disabledFocusable={text.trim() === '' || create.isPending} onClick={submit}>
          {create.isPending ? 'Submitting…' : 'Submit'}
        </Button>
      </TopBar>
      {create.isError && !refused && (
        <p role="alert" className="writer-error">
          {create.error.message}
        </p>
      )}
      <div
        className="writer"
        onKeyDown={({ key, ctrlKey, metaKey }) => {
          if (key === 'Enter' && (ctrlKey || metaKey)) submit()
        }}
      >
        <div className="writer-form">
          {original !== null && <OriginalNote original={original} />}
          <JobFields text={text} change={change} experiment={original?.experiment_name ?? 'Default'} />
        </div>
        <JobEditor ref={editor} text={text} onChange={change} problems={problems} warnings={told?.warnings ?? NONE} failed={check.isError ? check.error.message : null} />
      </div>
    </>
  )
}

function OpenFile({ onText }: { onText: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input} type="file" accept=".yml,.yaml,.txt" hidden aria-label="Job file"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          // The same file may be opened again after it was changed.
          void file?.text().then(onText).finally(() => (target.value = ''))
        }}
      />
      <Button size="small" icon={<FolderOpenRegular />} onClick={() => input.current?.click()}>
        Open a file…
      </Button>
    </>
  )
}
