import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { experimentsQuery } from '../../api/queries'
import { useMoveExperiment } from '../../api/trash'
import { FindField } from '../../components/FindField'
import { ErrorState, State } from '../../components/states'
import { TopBar } from '../../components/TopBar'
import { useLiveScope } from '../../state/live'
import { useSearch, useSetSearch } from '../../state/location'
import { ExperimentRow } from './ExperimentRow'
import { MovedExperiment } from './MovedExperiment'
import './experiments.css'

export function ExperimentsPage() {
  useLiveScope({})
  useEffect(() => {
    document.title = 'Experiments · Runyard'
  }, [])
  const find = new URLSearchParams(useSearch()).get('q') ?? ''
  const setSearch = useSetSearch()
  return (
    <div className="page">
      <TopBar>
        <h1>Experiments</h1>
        <div className="grow jobs-search">
          <FindField
            value={find}
            onChange={(text) => setSearch(new URLSearchParams(text === '' ? {} : { q: text }))}
            placeholder="Find an experiment"
          />
        </div>
      </TopBar>
      <Experiments find={find} />
    </div>
  )
}

function Experiments({ find }: { find: string }) {
  const { data, error, isError, refetch } = useQuery(experimentsQuery())
  const move = useMoveExperiment()
  if (isError && data === undefined) {
    return <ErrorState what="The experiments could not be loaded" error={error} retry={() => void refetch()} />
  }
  const wanted = find.toLowerCase()
  const rows = data?.experiments.filter(({ name }) => name.toLowerCase().includes(wanted))
  const remove = (id: string, name: string) => move.mutate({ action: 'delete', id, name })
  return (
    <>
      {rows?.length === 0 ? (
        <State title={`No experiment is called “${find}”`} />
      ) : (
        <div className="experiments" role="table" data-list aria-label="Experiments" aria-busy={data === undefined}>
          <div className="experiments-row experiments-head" role="row">
            {['Name', 'Runs', 'Size', 'Latest run', 'Created', 'Id'].map((title) => (
              <span key={title} role="columnheader">
                {title}
              </span>
            ))}
          </div>
          {rows?.map((experiment) => (
            <ExperimentRow
              key={experiment.experiment_id} experiment={experiment} busy={move.isPending}
              onDelete={() => remove(experiment.experiment_id, experiment.name)}
            />
          )) ?? <Skeletons />}
        </div>
      )}
      <MovedExperiment move={move} />
    </>
  )
}

function Skeletons() {
  return Array.from({ length: 6 }, (_, index) => (
    <div key={index} className="experiments-row" aria-hidden>
      <span className="skeleton" style={{ width: 160 }} />
    </div>
  ))
}
