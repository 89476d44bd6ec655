import { Button } from '@fluentui/react-components'
import { ChartMultipleRegular } from '@fluentui/react-icons/svg/chart-multiple'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { commonMetricsQuery, experimentsQuery } from '../../api/queries'
import type { ExperimentPage } from '../../api/types'
import { CheckOption } from '../../components/CheckOption'
import { FilterField } from '../../components/FilterField'
import { TopBar } from '../../components/TopBar'
import type { JobsList, JobsView } from '../../lib/jobsState'
import { useCommands } from '../../state/commands'
import { useLiveScope } from '../../state/live'
import { JOBS_SCOPE } from '../../views/scopes'
import { useExperimentDefault } from '../../views/useExperimentDefault'
import { ViewPicker } from '../../views/ViewPicker'
import { EmptyTrash } from '../trash/EmptyTrash'
import { PurgeStrip } from '../trash/PurgeStrip'
import { TrashedExperiments } from '../trash/TrashedExperiments'
import { ColumnPicker } from './ColumnPicker'
import { chosenColumns, pendingColumns, tableColumns } from './columns'
import { ExperimentPicker } from './ExperimentPicker'
import { GroupPicker } from './GroupPicker'
import { JobsResult } from './JobsResult'
import { useJobsView } from './useJobsView'
import { useRunTree } from './useRunTree'
import './jobs.css'

const TITLES: Readonly<Record<JobsList, string>> = { active: 'Jobs', archived: 'Archived jobs', deleted: 'Trash' }

/** The runs of the workspace, or those in its trash. */
export function JobsPage({ list: page }: { list: 'active' | 'deleted' }) {
  const [view, change] = useJobsView()
  const list: JobsList = page === 'active' && view.archived ? 'archived' : page
  useLiveScope(view.experiments.length > 0 ? { experiment_id: view.experiments } : {})
  const title = TITLES[list]
  useEffect(() => {
    document.title = `${title} · Runyard`
  }, [title])

  const experiments = useQuery(experimentsQuery())
  const names = useQuery({ ...commonMetricsQuery(view.experiments), enabled: view.columns === null })
  const chosen = useMemo(() => chosenColumns(view, names.data?.names ?? [], list), [view, names.data, list])
  // Until the columns are known the skeleton has as many as most lists: less moves then.
  const undecided = useExperimentDefault(experiments, page === 'active')
  const unknown = undecided || (view.columns === null && names.isPending)
  const columns = useMemo(() => (unknown ? pendingColumns() : tableColumns(chosen, view)), [unknown, chosen, view])
  const tree = useRunTree(list, view, chosen, !unknown)

  const field = useSlashKey()
  return (
    <div className="page">
      <TopBar>
        <h1>{title}</h1>
        <ExperimentPicker
          experiments={experiments.data?.experiments ?? []}
          chosen={view.experiments}
          onChange={(ids) => change({ experiments: ids })}
        />
        <div className="grow jobs-search">
          <FilterField
            inputRef={field}
            asked={{ text: view.search, as: view.as }}
            onChange={({ text, as }) => change({ search: text, as })}
            experiments={view.experiments}
            error={tree.root?.error ?? null}
            placeholder="Search, or filter: metrics.loss < 0.5"
          />
        </div>
        <CheckOption
          label="Nested" title="Children below their parents" checked={view.nested}
          onChange={(nested) => change({ nested, open: [] })}
        />
        <GroupPicker experiments={view.experiments} chosen={view.groups} onChange={(groups) => change({ groups, open: [] })} />
        {page === 'active' && <ChartsButton open={view.charts !== null} onChange={(open) => change({ charts: open ? '' : null })} />}
        {page === 'active' && <ViewPicker page="jobs" kept={JOBS_SCOPE} scope={JOBS_SCOPE} experiment={onlyExperiment(view, experiments.data)} />}
        <ColumnPicker experiments={view.experiments} chosen={chosen} onChange={(picked) => change({ columns: picked })} />
        {list === 'deleted' && <EmptyTrash />}
      </TopBar>
      {list === 'deleted' && (
        <>
          <PurgeStrip />
          <TrashedExperiments />
        </>
      )}
      <JobsResult
        // What is checked in one list is not in the other.
        key={list}
        list={list} view={view} change={change} columns={columns} chosen={chosen} tree={tree} experiments={experiments.data}
      />
    </div>
  )
}

/** Opens and closes the charts beside the list. */
function ChartsButton({ open, onChange }: { open: boolean; onChange: (open: boolean) => void }) {
  const label = open ? 'Close the charts' : 'Charts beside the list'
  useCommands([{ id: 'charts', label, run: () => onChange(!open) }])
  return (
    <Button appearance={open ? 'outline' : 'subtle'} icon={<ChartMultipleRegular />} aria-pressed={open} title={label} onClick={() => onChange(!open)}>
      Charts
    </Button>
  )
}

function onlyExperiment({ experiments: [only, ...others] }: JobsView, page: ExperimentPage | undefined) {
  return others.length > 0 ? undefined : page?.experiments.find(({ experiment_id: id }) => id === only)
}

/** The key `/` leads to the search field, as long as one is not typing. */
function useSlashKey() {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      field.current?.select()
    }
    addEventListener('keydown', focus)
    return () => removeEventListener('keydown', focus)
  }, [])
  return field
}
