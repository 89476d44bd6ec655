import { Button } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { archivedCountQuery } from '../../api/archive'
import { ApiError } from '../../api/client'
import { trashedExperimentsQuery } from '../../api/trash'
import type { ExperimentPage } from '../../api/types'
import { ErrorState, FirstRun, State } from '../../components/states'
import type { Column } from '../../lib/columns'
import { formatCount, plural } from '../../lib/format'
import type { JobsList, JobsView } from '../../lib/jobsState'
import { AllArchived, ArchivedSwitch, NoArchived, NoMatch } from './Archived'
import { BesideCharts } from './charts/BesideCharts'
import type { TableColumn } from './columns'
import { JobsTable } from './JobsTable'
import { SelectionBar, useMoveRuns } from './SelectionBar'
import type { RunTree } from './useRunTree'
import { useSelection } from './useSelection'

interface JobsResultProps {
  list: JobsList
  view: JobsView
  change: (part: Partial<JobsView>) => void
  columns: TableColumn[]
  chosen: readonly Column[]
  tree: RunTree
  experiments: ExperimentPage | undefined
}

/** The table, or what stands in its place. */
export function JobsResult({ list, view, change, columns, chosen, tree, experiments }: JobsResultProps) {
  const { rows, root, loadMore, retry } = tree
  const { selection, select, clear: clearSelection } = useSelection(view, change)
  const counted = useQuery({ ...archivedCountQuery(view.experiments), enabled: list !== 'deleted' })
  const archived = list === 'deleted' ? 0 : (counted.data?.runs ?? 0)
  const move = useMoveRuns(clearSelection)
  const bar = <SelectionBar list={list} ids={selection.ids} clear={clearSelection} move={move} />
  const clear = () => change({ search: '', as: null })
  const empty = root?.isSuccess === true && rows.length === 0
  if (root?.error instanceof ApiError && root.error.place !== null) {
    // What is wrong, and where, stands at the field.
    return (
      <State title="The filter can’t be understood">
        <Button onClick={clear}>Clear the filter</Button>
      </State>
    )
  }
  if (root?.isError === true && root.data === undefined) {
    return (
      <ErrorState what="The runs could not be loaded" error={root.error} retry={() => void root.refetch()}>
        {view.search !== '' && <Button onClick={clear}>Clear the filter</Button>}
      </ErrorState>
    )
  }
  if (empty && !root.isPlaceholderData) {
    return (
      <>
        <Nothing list={list} view={view} change={change} experiments={experiments} archived={archived} />
        {!move.isIdle && <footer className="list-foot jobs-foot">{bar}</footer>}
      </>
    )
  }
  const table = (
    <>
      <JobsTable
        columns={columns}
        chosen={chosen}
        rows={rows}
        view={view}
        change={change}
        selection={selection}
        onSelect={select}
        loading={root === undefined || root.isPending}
        stale={root?.isPlaceholderData === true}
        loadMore={loadMore}
        retry={retry}
      />
      <footer className="list-foot jobs-foot">
        {countText(view, tree, totalOf(list, view, experiments, archived))}
        {bar}
        {list !== 'deleted' && <ArchivedSwitch view={view} change={change} count={archived} />}
      </footer>
    </>
  )
  if (view.charts === null) return table
  return (
    <BesideCharts view={view} change={change} tree={tree} checked={selection.ids}>
      {table}
    </BesideCharts>
  )
}

type NothingProps = Pick<JobsResultProps, 'list' | 'view' | 'change' | 'experiments'> & { archived: number }

/** Why the list is empty. */
function Nothing({ list, view, change, experiments, archived }: NothingProps) {
  if (view.search !== '') return <NoMatch view={{ ...view, archived: list === 'archived' }} change={change} count={archived} />
  if (list === 'deleted') return <NoTrash />
  if (list === 'archived') return <NoArchived change={change} />
  if (archived > 0) return <AllArchived change={change} count={archived} />
  return <NoRuns view={view} change={change} experiments={experiments} />
}

function NoTrash() {
  const experiments = useQuery(trashedExperimentsQuery()).data?.experiments ?? []
  return (
    <State title={experiments.length > 0 ? 'No runs are in the trash' : 'The trash is empty'}>
      <p className="muted">Runs that are deleted wait here until they are restored.</p>
    </State>
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
function countText(view: JobsView, { root, shown }: RunTree, total: number | undefined): string {
  const first = root?.data?.pages[0]
  if (first !== undefined && 'groups' in first) return plural(first.total, 'group')
  const nested = view.nested ? ' at the top' : ''
  if (root?.hasNextPage !== true) return shown === 0 ? '' : plural(shown, 'run') + nested
  if (view.search !== '' || total === undefined) return `${formatCount(shown)}+ runs${nested}`
  return plural(total, 'run')
}

/** How many runs the list has without a filter, as far as that is known; experiments count archived ones, too. */
function totalOf(list: JobsList, view: JobsView, page: ExperimentPage | undefined, archived: number): number | undefined {
  if (list === 'archived') return archived
  if (list === 'deleted' || page === undefined) return undefined
  const counted = page.experiments.filter(({ experiment_id: id }) => view.experiments.length === 0 || view.experiments.includes(id))
  return Math.max(0, counted.reduce((sum, { run_count: runs }) => sum + runs, 0) - archived)
}
