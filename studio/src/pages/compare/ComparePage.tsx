import { Button, Tab, TabList } from '@fluentui/react-components'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Suspense, lazy, useEffect, useMemo } from 'react'
import { compareQuery } from '../../api/queries'
import { chosenColors } from '../../charts/chosenColors'
import { ErrorState, State } from '../../components/states'
import { TopBar } from '../../components/TopBar'
import { runColors } from '../../lib/colors'
import type { CompareTab } from '../../lib/compareState'
import { plural } from '../../lib/format'
import { jobsPath } from '../../lib/routes'
import { useLiveScope } from '../../state/live'
import { Link, navigate } from '../../state/location'
import { ViewPicker } from '../../views/ViewPicker'
import { CompareImages } from '../code'
import { CompareCharts } from './CompareCharts'
import { CompareTable } from './CompareTable'
import { curvesAhead } from './curvesAhead'
import { useCompareView } from './useCompareView'
import './compare.css'

// Its charts come with a library of their own.
const ComparePlots = lazy(() => import('./ComparePlots'))
const CompareFiles = lazy(() => import('./files/CompareFiles'))

/** The built-in view shows the same runs. */
const KEPT = ['run']

/** Curves and configuration of several runs on one page. */
export default function ComparePage() {
  const [view, change] = useCompareView()
  useLiveScope({ run_id: view.runs })
  const { data, error, isError, refetch } = useQuery({ ...compareQuery(view.runs), enabled: view.runs.length > 0 })
  const missing = data === undefined ? 0 : view.runs.length - data.runs.length
  // By the link, so that colours stay when a run is gone.
  const colors = useMemo(() => runColors(view.runs, chosenColors(data)), [view.runs, data])
  const client = useQueryClient()
  useEffect(() => {
    // The page itself tells what failed.
    curvesAhead(client).catch(() => undefined)
  }, [client])
  useEffect(() => {
    document.title = 'Compare · Runyard'
  }, [])
  return (
    <div className="page">
      <TopBar>
        <Link href={jobsPath()} className="crumb">
          Jobs
        </Link>
        <span className="muted">/</span>
        <h1>Compare{view.runs.length > 0 && ` ${plural(data?.runs.length ?? view.runs.length, 'run')}`}</h1>
        {missing > 0 && <span className="muted">{missing} of the link not found</span>}
        <span className="grow" />
        {view.runs.length > 0 && <ViewPicker page="compare" kept={KEPT} />}
      </TopBar>
      <TabList
        className="page-tabs"
        size="small"
        selectedValue={view.tab}
        onTabSelect={(_event, { value }) => change({ tab: value as CompareTab })}
      >
        <Tab value="charts">Charts</Tab>
        <Tab value="plots">Plots</Tab>
        <Tab value="table">Parameters + metrics</Tab>
        <Tab value="images">Images</Tab>
        <Tab value="files">Files</Tab>
      </TabList>
      {isError && data === undefined && (
        <ErrorState what="The runs could not be compared" error={error} retry={() => void refetch()} />
      )}
      {(view.runs.length === 0 || data?.runs.length === 0) && (
        <State title="No runs to compare">
          <p className="muted">Check some in the list of jobs, then choose Compare.</p>
          <Button onClick={() => navigate(jobsPath())}>All jobs</Button>
        </State>
      )}
      {data?.runs.length !== 0 && view.runs.length > 0 && !(isError && data === undefined) && (
        <>
          {view.tab === 'charts' && <CompareCharts view={view} change={change} data={data} colors={colors} />}
          {view.tab === 'plots' && (
            <Suspense fallback={<div className="metrics" aria-busy />}>
              <ComparePlots view={view} change={change} data={data} colors={colors} />
            </Suspense>
          )}
          {view.tab === 'table' && <CompareTable view={view} change={change} data={data} colors={colors} />}
          <Suspense fallback={<div className="grow" aria-busy />}>
            {view.tab === 'images' && <CompareImages view={view} change={change} data={data} colors={colors} />}
            {view.tab === 'files' && <CompareFiles runs={view.runs} data={data} />}
          </Suspense>
        </>
      )}
    </div>
  )
}
