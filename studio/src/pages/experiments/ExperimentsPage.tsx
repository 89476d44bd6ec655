import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { experimentsQuery } from '../../api/queries'
import type { ExperimentRow } from '../../api/types'
import { FindField } from '../../components/FindField'
import { ErrorState, State } from '../../components/states'
import { RelativeTime } from '../../components/times'
import { TopBar } from '../../components/TopBar'
import { formatCount } from '../../lib/format'
import { jobsPath } from '../../lib/routes'
import { useLiveScope } from '../../state/live'
import { Link, navigate, useSearch, useSetSearch } from '../../state/location'
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
  if (isError && data === undefined) {
    return <ErrorState what="The experiments could not be loaded" error={error} retry={() => void refetch()} />
  }
  const wanted = find.toLowerCase()
  const rows = data?.experiments.filter(({ name }) => name.toLowerCase().includes(wanted))
  if (rows?.length === 0) return <State title={`No experiment is called “${find}”`} />
  return (
    <div className="experiments" role="table" aria-label="Experiments" aria-busy={data === undefined}>
      <div className="experiments-row experiments-head" role="row">
        {['Name', 'Runs', 'Latest run', 'Created', 'Id'].map((title) => (
          <span key={title} role="columnheader">
            {title}
          </span>
        ))}
      </div>
      {rows?.map((experiment) => <Row key={experiment.experiment_id} experiment={experiment} />) ??
        Array.from({ length: 6 }, (_, index) => (
          <div key={index} className="experiments-row" aria-hidden>
            <span className="skeleton" style={{ width: 160 }} />
          </div>
        ))}
    </div>
  )
}

const isLink = (target: EventTarget) => target instanceof Element && target.closest('a') !== null

function Row({ experiment }: { experiment: ExperimentRow }) {
  const path = jobsPath(experiment.experiment_id)
  return (
    <div className="experiments-row" role="row" onClick={(event) => !isLink(event.target) && navigate(path)}>
      <span role="cell" className="ellipsis" title={experiment.name}>
        <Link href={path} className="experiments-name">
          {experiment.name}
        </Link>
      </span>
      <span role="cell">{formatCount(experiment.run_count)}</span>
      <span role="cell">
        <RelativeTime time={experiment.latest_start} />
      </span>
      <span role="cell">
        <RelativeTime time={experiment.creation_time} />
      </span>
      <span role="cell" className="muted">
        {experiment.experiment_id}
      </span>
    </div>
  )
}
