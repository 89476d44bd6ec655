import { Button } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons/svg/add'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { queueQuery } from '../../api/jobs'
import type { JobQueue, QueuedJob } from '../../api/types'
import { CopyButton } from '../../components/CopyButton'
import { Status } from '../../components/Status'
import { ErrorState, State } from '../../components/states'
import { TopBar } from '../../components/TopBar'
import { formatCount, formatDuration, formatTime } from '../../lib/format'
import { countWords, inOrder, jobSentence } from '../../lib/jobSteps'
import { jobPath, jobsPath, newJobPath } from '../../lib/routes'
import { statusLook } from '../../lib/status'
import { useNow } from '../../state/clock'
import { useLiveScope } from '../../state/live'
import { Link, navigate } from '../../state/location'
import { CancelJob } from '../job/run/CancelJob'
import { GridTable } from '../models/GridTable'
import type { GridColumn } from '../models/GridTable'
import '../models/models.css'
import './queue.css'

/** Jobs that wait and run, and why they do. */
export default function QueuePage() {
  useLiveScope({})
  useEffect(() => {
    document.title = 'Queue · Runyard'
  }, [])
  return (
    <div className="page">
      <TopBar>
        <h1>Queue</h1>
        <span className="grow" />
        <Button appearance="primary" size="small" icon={<AddRegular />} onClick={() => navigate(newJobPath())}>
          New job
        </Button>
      </TopBar>
      <Queue />
    </div>
  )
}

function Queue() {
  const { data, error, isError, isPending, refetch } = useQuery(queueQuery())
  const [asked, setAsked] = useState<QueuedJob | null>(null)
  const rows = useMemo(() => inOrder(data?.jobs ?? []), [data])
  const columns = useMemo(() => [...COLUMNS, cancelColumn(setAsked)], [])
  if (isError && data === undefined) return <ErrorState what="The queue could not be loaded" error={error} retry={() => void refetch()} />
  if (data !== undefined && rows.length === 0) return <Empty />
  return (
    <>
      <GridTable
        label="Queue" columns={columns} rows={rows} rowKey={({ name }) => name} href={({ name }) => jobPath(name)}
        loading={isPending} hasMore={false} loadMore={() => undefined}
      />
      <footer className="list-foot">{data !== undefined && footWords(data)}</footer>
      {asked !== null && <CancelJob name={asked.name} shown={asked.display_name} onClose={() => setAsked(null)} />}
    </>
  )
}

function footWords({ jobs, counts, more }: JobQueue): string {
  const words = countWords(counts, (state) => statusLook(state).word)
  return more ? `${words} · the first ${formatCount(jobs.length)} are shown` : words
}

const COLUMNS: readonly GridColumn<QueuedJob>[] = [
  {
    key: 'name', title: 'Job', width: 200, grow: 2,
    cell: ({ name, display_name: shown }) => (
      <Link href={jobPath(name)} className="grid-name ellipsis" title={name}>
        {shown}
      </Link>
    ),
  },
  { key: 'state', title: 'Status', width: 136, cell: ({ state }) => <Status status={state} /> },
  { key: 'position', title: 'Place', width: 56, numeric: true, cell: ({ position }) => position },
  { key: 'age', title: 'For', width: 96, cell: (job) => <Age job={job} /> },
  { key: 'why', title: 'Why', width: 200, grow: 4, cell: (job) => <Why job={job} /> },
  {
    key: 'experiment', title: 'Experiment', width: 120, grow: 1,
    cell: ({ experiment_id: id, experiment_name: name }) => (
      <Link href={jobsPath(id)} className="ellipsis" title={name}>
        {name}
      </Link>
    ),
  },
  { key: 'compute', title: 'Compute', width: 96, cell: ({ compute }) => <span className="ellipsis" title={compute}>{compute}</span> },
]

function cancelColumn(ask: (job: QueuedJob) => void): GridColumn<QueuedJob> {
  return {
    key: 'cancel', title: 'Action', width: 88,
    cell: (job) => (
      <Button size="small" appearance="subtle" disabledFocusable={job.cancel_requested !== null} aria-label={`Cancel ${job.display_name}`} onClick={() => ask(job)}>
        Cancel
      </Button>
    ),
  }
}

/** How long it waits, or has been running. */
function Age({ job: { created, started } }: { job: QueuedJob }) {
  const since = started ?? created
  const now = useNow()
  return <span title={`${started === null ? 'Submitted' : 'Started'} ${formatTime(since)}`}>{formatDuration(Math.floor(Math.max(0, now - since) / 1000) * 1000)}</span>
}

function Why({ job }: { job: QueuedJob }) {
  const sentence = jobSentence(job)
  return (
    <span className="ellipsis queue-why" title={sentence ?? undefined}>
      {sentence}
    </span>
  )
}

function Empty() {
  const line = `runyard job create -f job.yml --server ${location.origin} --stream`
  return (
    <State title="Nothing waits, nothing runs">
      <p>Submit the job of a file from the command line, or write one here.</p>
      <div className="code">
        {line}
        <CopyButton text={line} label="Copy the line" />
      </div>
      <Button icon={<AddRegular />} onClick={() => navigate(newJobPath())}>
        New job
      </Button>
    </State>
  )
}
