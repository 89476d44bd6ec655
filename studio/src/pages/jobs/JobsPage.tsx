import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { commonMetricsQuery, experimentsQuery } from '../../api/queries'
import { CheckOption } from '../../components/CheckOption'
import { FindField } from '../../components/FindField'
import { TopBar } from '../../components/TopBar'
import type { JobsList } from '../../lib/jobsState'
import { useLiveScope } from '../../state/live'
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

/** The runs of the workspace, or those in its trash. */
export function JobsPage({ list }: { list: JobsList }) {
  const [view, change] = useJobsView()
  useLiveScope(view.experiments.length > 0 ? { experiment_id: view.experiments } : {})
  const title = list === 'active' ? 'Jobs' : 'Trash'
  useEffect(() => {
    document.title = `${title} · Runyard`
  }, [title])

  const experiments = useQuery(experimentsQuery())
  const names = useQuery({ ...commonMetricsQuery(view.experiments), enabled: view.columns === null })
  const chosen = useMemo(() => chosenColumns(view, names.data?.names ?? [], list), [view, names.data, list])
  // Until the columns are known the skeleton has as many as most lists: less moves then.
  const unknown = view.columns === null && names.isPending
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
          <FindField
            inputRef={field}
            value={view.search}
            delay={250}
            onChange={(search) => change({ search })}
            placeholder="Search names and users, or filter: metrics.loss < 0.5"
          />
        </div>
        <CheckOption
          label="Nested" title="Children below their parents" checked={view.nested}
          onChange={(nested) => change({ nested, open: [] })}
        />
        <GroupPicker experiments={view.experiments} chosen={view.groups} onChange={(groups) => change({ groups, open: [] })} />
        {list === 'active' && <ViewPicker page="jobs" />}
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
        list={list} view={view} change={change} columns={columns} chosen={chosen} tree={tree} experiments={experiments.data}
      />
    </div>
  )
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
