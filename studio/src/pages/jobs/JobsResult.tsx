import { Button } from '@fluentui/react-components'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { ApiError } from '../../api/client'
import type { ExperimentPage, RunPage } from '../../api/types'
import { ErrorState, FirstRun, State } from '../../components/states'
import { formatCount } from '../../lib/format'
import { NOTHING_SELECTED } from '../../lib/selection'
import type { JobsList, JobsView } from '../../lib/urlState'
import type { TableColumn } from './columns'
import { JobsTable } from './JobsTable'
import { SelectionBar } from './SelectionBar'

interface JobsResultProps {
  list: JobsList
  view: JobsView
  change: (part: Partial<JobsView>) => void
  columns: TableColumn[]
  runs: UseInfiniteQueryResult<InfiniteData<RunPage>>
  experiments: ExperimentPage | undefined
}

/** The table, or what stands in its place. */
export function JobsResult({ list, view, change, columns, runs, experiments }: JobsResultProps) {
  const rows = useMemo(() => runs.data?.pages.flatMap((page) => page.runs) ?? [], [runs.data])
  const [selection, setSelection] = useState(NOTHING_SELECTED)
  const bar = <SelectionBar list={list} ids={selection.ids} clear={() => setSelection(NOTHING_SELECTED)} />
  const clear = () => change({ search: '', as: null })
  if (runs.error instanceof ApiError && runs.error.place !== null) {
    // What is wrong, and where, stands at the field.
    return (
      <State title="The filter can’t be understood">
        <Button onClick={clear}>Clear the filter</Button>
      </State>
    )
  }
  if (runs.isError && !runs.isRefetchError && rows.length === 0) {
    return (
      <ErrorState what="The runs could not be loaded" error={runs.error} retry={() => void runs.refetch()}>
        {view.search !== '' && <Button onClick={clear}>Clear the filter</Button>}
      </ErrorState>
    )
  }
  if (runs.isSuccess && rows.length === 0 && !runs.isPlaceholderData) {
    if (view.search === '' && list === 'deleted') return <EmptyTrash bar={bar} />
    if (view.search === '') return <NoRuns view={view} change={change} experiments={experiments} />
    return (
      <State title="No run matches">
        <p className="mono">{view.search}</p>
        <Button onClick={clear}>Clear the filter</Button>
      </State>
    )
  }
  return (
    <>
      <JobsTable
        columns={columns}
        rows={rows}
        sort={view.sort}
        onSort={(sort) => change({ sort })}
        selection={selection}
        onSelect={setSelection}
        loading={runs.isPending}
        stale={runs.isPlaceholderData}
        hasMore={runs.hasNextPage}
        loadMore={() => {
          if (!runs.isFetchingNextPage) void runs.fetchNextPage()
        }}
      />
      <footer className="jobs-foot">
        {countText(view, rows.length, runs.hasNextPage, list === 'active' ? experiments : undefined)}
        {bar}
      </footer>
    </>
  )
}

function EmptyTrash({ bar }: { bar: ReactNode }) {
  return (
    <>
      <State title="The trash is empty">
        <p className="muted">Runs that are deleted wait here until they are restored.</p>
      </State>
      <footer className="jobs-foot">{bar}</footer>
    </>
  )
}

function NoRuns({ view, change, experiments }: Pick<JobsResultProps, 'view' | 'change' | 'experiments'>) {
  const [only, ...others] = view.experiments
  if (only === undefined) return <FirstRun />
  if (experiments === undefined) return <div className="grow" aria-busy />
  const name = experiments.experiments.find(({ experiment_id }) => experiment_id === only)?.name
  if (others.length === 0 && name !== undefined) return <FirstRun experiment={name} />
  const title = others.length > 0 ? 'No runs in these experiments yet' : `There is no experiment ${only}, or it is in the trash`
  return (
    <State title={title}>
      <Button onClick={() => change({ experiments: [] })}>All experiments</Button>
    </State>
  )
}

/** "1,204 runs"; with a filter the total is not known before the last page, so "100+ runs". */
function countText(view: JobsView, shown: number, more: boolean, experiments: ExperimentPage | undefined): string {
  if (!more) return shown === 0 ? '' : shown === 1 ? '1 run' : `${formatCount(shown)} runs`
  if (view.search !== '' || experiments === undefined) return `${formatCount(shown)}+ runs`
  const counted = experiments.experiments.filter(
    ({ experiment_id }) => view.experiments.length === 0 || view.experiments.includes(experiment_id),
  )
  return `${formatCount(counted.reduce((sum, { run_count }) => sum + run_count, 0))} runs`
}
