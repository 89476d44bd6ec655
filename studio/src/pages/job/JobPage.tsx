import { Tab, TabList } from '@fluentui/react-components'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Suspense, useEffect } from 'react'
import { isGone } from '../../api/client'
import { jobQuery } from '../../api/jobs'
import { runQuery } from '../../api/queries'
import type { JobDetail, RunDetail } from '../../api/types'
import { ErrorState } from '../../components/states'
import { TopBar } from '../../components/TopBar'
import { formatCount } from '../../lib/format'
import { copyText } from '../../lib/clipboard'
import { JOB_TABS, jobPath, jobsPath } from '../../lib/routes'
import type { JobTab } from '../../lib/routes'
import { isRunning } from '../../lib/status'
import { useLiveScope } from '../../state/live'
import { useCommands } from '../../state/commands'
import { Link, navigate } from '../../state/location'
import { ChildrenTab, CodeTab, ImagesTab, MetricsTab, MonitoringTab, OutputsTab } from '../code'
import { lookAheadInJob } from '../load'
import { useRememberRun } from '../../state/recent'
import { JobHeader } from './JobHeader'
import { OverviewTab } from './overview/OverviewTab'
import { TrashedRun } from './TrashedRun'
import './job.css'

const LOOK_FOR_CHILDREN_EVERY = 15_000
const LOOK_WHETHER_GONE_EVERY = 3000

interface JobPageProps {
  runId: string
  tab: JobTab
}

export default function JobPage({ runId, tab }: JobPageProps) {
  const { data: run, error, isError, refetch } = useQuery({ ...runQuery(runId), refetchInterval: ({ state }) => state.status !== 'error' && askAgain(state.data) })
  // What was shown of a run that is gone for ever is of no use to anybody.
  const gone = isError && isGone(error)
  const client = useQueryClient()
  const ahead = tab === 'overview' && run !== undefined && run.metric_count > 0
  useEffect(() => {
    if (ahead) lookAheadInJob(client, runId)
  }, [client, runId, ahead])
  useLiveScope(tab === 'children' && run !== undefined ? { run_id: runId, experiment_id: [run.experiment_id] } : { run_id: runId })
  const { data: job } = useQuery({ ...jobQuery(runId), enabled: run !== undefined && run.job_state !== null })
  const name = run?.name
  useRememberRun(run && { id: runId, name: run.name, experiment: run.experiment_name })
  useCommands([
    { id: 'copy run id', label: 'Copy the run’s id', run: () => void copyText(runId) },
    ...JOB_TABS.filter((each) => each !== tab).map((each) => ({ id: each, label: `Show ${TAB_NAMES[each]}`, run: () => navigate(jobPath(runId, each)) })),
  ])
  useEffect(() => {
    document.title = name === undefined ? 'Runyard' : `${name} · Runyard`
  }, [name])
  return (
    <div className="page">
      <TopBar>
        <Link href={jobsPath()} className="crumb">
          Jobs
        </Link>
        <span className="muted">/</span>
        <JobHeader runId={runId} run={gone ? undefined : run} job={job} failed={isError} />
      </TopBar>
      {gone || (isError && run === undefined) ? (
        <ErrorState what="The run could not be loaded" error={error} retry={() => void refetch()}>
          <Link href={jobsPath()} className="link">
            All jobs
          </Link>
        </ErrorState>
      ) : (
        <>
          <Tabs runId={runId} tab={tab} run={run} job={job} />
          {run?.lifecycle_stage === 'deleted' && <TrashedRun runId={runId} />}
          <Suspense fallback={<div className="grow" aria-busy />}>
            {tab === 'overview' && <OverviewTab run={run} job={job} />}
            {tab === 'metrics' && <MetricsTab runId={runId} runName={run?.name ?? ''} />}
            {tab === 'images' && <ImagesTab runId={runId} />}
            {tab === 'children' && <ChildrenTab runId={runId} />}
            {tab === 'outputs' && <OutputsTab runId={runId} />}
            {tab === 'code' && <CodeTab runId={runId} />}
            {tab === 'monitoring' && <MonitoringTab runId={runId} runName={run?.name ?? ''} />}
          </Suspense>
        </>
      )}
    </div>
  )
}

/**
 * Children are told to those who follow their experiment, and this page would hear of every run in it; that the trash was
 * emptied is told to nobody.
 */
function askAgain(run: RunDetail | undefined): number | false {
  if (run?.lifecycle_stage === 'deleted') return LOOK_WHETHER_GONE_EVERY
  return run !== undefined && isRunning(run.status) && run.child_count === 0 ? LOOK_FOR_CHILDREN_EVERY : false
}
const TAB_NAMES: Readonly<Record<JobTab, string>> = {
  overview: 'overview', metrics: 'metrics', images: 'images', children: 'child jobs', outputs: 'outputs + logs', code: 'code', monitoring: 'monitoring',
}

function Tabs({ runId, tab, run, job }: JobPageProps & { run: RunDetail | undefined; job: JobDetail | undefined }) {
  return (
    <TabList
      className="page-tabs"
      size="small"
      selectedValue={tab}
      onTabSelect={(_event, { value }) => navigate(jobPath(runId, value as JobTab))}
    >
      <Tab value="overview">Overview</Tab>
      <Tab value="metrics">
        Metrics <span className="muted job-count">{run === undefined ? '' : formatCount(run.metric_count)}</span>
      </Tab>
      <Tab value="images">Images</Tab>
      {run !== undefined && (run.child_count > 0 || tab === 'children') && (
        <Tab value="children">
          {job?.type === 'sweep' ? 'Trials' : 'Child jobs'} <span className="muted job-count">{formatCount(run.child_count)}</span>
        </Tab>
      )}
      <Tab value="outputs">Outputs + logs</Tab>
      {((job !== undefined && job.snapshot !== null) || tab === 'code') && <Tab value="code">Code</Tab>}
      <Tab value="monitoring">Monitoring</Tab>
    </TabList>
  )
}
