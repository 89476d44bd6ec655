// What the list of jobs says of runs that are archived.
import { Button } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { archivedCountQuery } from '../../api/archive'
import { State } from '../../components/states'
import { searchParameters } from '../../lib/filter'
import { formatCount, plural } from '../../lib/format'
import type { JobsView } from '../../lib/jobsState'
import { useCommands } from '../../state/commands'

interface ArchivedProps {
  view: JobsView
  change: (part: Partial<JobsView>) => void
}

/** What is open and checked in one list is not in the other. */
const shownArchived = (archived: boolean): Partial<JobsView> => ({ archived, open: [], checked: [] })

/** Leads to the archived runs, where there are any, and back. */
export function ArchivedSwitch({ view, change, count }: ArchivedProps & { count: number }) {
  const go = () => change(shownArchived(!view.archived))
  useCommands(
    view.archived || count > 0 ? [{ id: 'archived', label: view.archived ? 'Back to jobs that are not archived' : 'Show archived jobs', run: go }] : [],
  )
  if (!view.archived && count === 0) return null
  return (
    <Button
      className="archived-switch" appearance="subtle" size="small"
      title={view.archived ? 'Show the jobs that are not archived' : 'Show the archived jobs'} onClick={go}
    >
      {view.archived ? 'Back to jobs' : `${formatCount(count)} archived`}
    </Button>
  )
}

/** Nothing was found in the list: maybe because the runs were put aside. */
export function NoMatch({ view, change, count }: ArchivedProps & { count: number }) {
  const matching = useQuery({ ...archivedCountQuery(view.experiments, searchParameters(view.search, view.as)), enabled: count > 0 && !view.archived })
  const found = count > 0 && !view.archived ? (matching.data?.runs ?? 0) : 0
  return (
    <State title={view.archived ? 'No archived run matches' : 'No run matches'}>
      <p className="mono">{view.search}</p>
      <div>
        <Button onClick={() => change({ search: '', as: null })}>Clear the filter</Button>{' '}
        {found > 0 && <Button onClick={() => change(shownArchived(true))}>Show {plural(found, 'archived run')} that {found === 1 ? 'matches' : 'match'}</Button>}
        {view.archived && <Button onClick={() => change(shownArchived(false))}>Search jobs that are not archived</Button>}
      </div>
    </State>
  )
}

export function NoArchived({ change }: Pick<ArchivedProps, 'change'>) {
  return (
    <State title="No run is archived">
      <p className="muted">Runs that are archived are kept here, out of the list of jobs.</p>
      <Button onClick={() => change(shownArchived(false))}>Back to jobs</Button>
    </State>
  )
}

export function AllArchived({ change, count }: Pick<ArchivedProps, 'change'> & { count: number }) {
  return (
    <State title={count === 1 ? 'The only run is archived' : 'All runs are archived'}>
      <Button onClick={() => change(shownArchived(true))}>Show {plural(count, 'archived run')}</Button>
    </State>
  )
}
