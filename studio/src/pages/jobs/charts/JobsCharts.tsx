import { Button } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { useCallback, useMemo } from 'react'
import { AddChart } from '../../../charts/AddChart'
import { ChartGrid } from '../../../charts/ChartGrid'
import { ChartToolbar, metricsText } from '../../../charts/ChartToolbar'
import { GroupShape } from '../../../charts/GroupShape'
import { useRunCharts } from '../../../charts/useRunCharts'
import { FindField } from '../../../components/FindField'
import { ErrorState, State } from '../../../components/states'
import { plural } from '../../../lib/format'
import type { DrawnRuns } from './useDrawnRuns'
import { jobsQuery, useJobsCharts } from './useJobsCharts'
import '../../../charts/metrics.css'

interface JobsChartsProps {
  drawn: DrawnRuns
  close: () => void
}

/** A chart for each metric of the runs that are checked, or listed first. */
export default function JobsCharts({ drawn, close }: JobsChartsProps) {
  const { data, error, refetch, group, colors, hidden } = drawn
  const [view, change] = useJobsCharts()
  // The curves of groups are drawn as the list groups them.
  const shown = useMemo(() => ({ ...view, group }), [view, group])
  const { rows, names, all, specs } = useRunCharts({ data, view: shown, hidden, colors })
  const find = useCallback((text: string) => change({ find: text }), [change])
  const loading = data === undefined
  const empty = loading ? null : emptyText(data.runs.every(({ run_id: id }) => hidden.includes(id)), rows.length, names.length)
  return (
    <section className="jobs-charts" aria-label="Charts">
      <div className="jobs-charts-head">
        <span className="grow muted ellipsis">{[drawnText(drawn), metricsText(names.length, rows.length)].filter((text) => text !== '').join(' · ')}</span>
        <AddChart metrics={all} change={change} />
        <FindField value={view.find} onChange={find} delay={150} placeholder="Find metrics" />
        <Button appearance="subtle" size="small" icon={<DismissRegular />} aria-label="Close the charts" title="Close the charts" onClick={close} />
      </div>
      <ChartToolbar view={shown} change={change} shown={names.length} total={rows.length} metrics={all} counted={false}>
        {group !== null && (
          <span className="chart-field">
            <GroupShape group={group} onChange={(shaped) => change({ group: shaped })} />
          </span>
        )}
      </ChartToolbar>
      {loading && error !== null && <ErrorState what="The runs’ metrics could not be loaded" error={error} retry={() => void refetch()} />}
      {empty !== null && <State title={empty} />}
      {(!loading || error === null) && empty === null && (
        <ChartGrid charts={specs} view={shown} change={change} loading={loading} metrics={all} queryOf={jobsQuery} />
      )}
    </section>
  )
}

function emptyText(allHidden: boolean, metrics: number, shown: number): string | null {
  if (metrics === 0) return 'None of these runs has metrics yet'
  if (allHidden) return 'All runs are hidden'
  return shown === 0 ? 'No metric matches' : null
}

/** "The first 20 runs; check others to draw them". */
function drawnText({ ids, data, checked, more, group }: DrawnRuns): string {
  if (data === undefined) return ''
  if (checked) return more ? `The first ${ids.length} of the checked runs` : plural(ids.length, 'checked run')
  if (!more) return plural(ids.length, 'run')
  return `The first ${ids.length} runs; check ${group === null ? 'others to draw them' : 'runs to draw others'}`
}
