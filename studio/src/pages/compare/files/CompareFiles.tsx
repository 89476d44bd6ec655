import { Button, Select } from '@fluentui/react-components'
import { ArrowSwapRegular } from '@fluentui/react-icons/svg/arrow-swap'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { artifactPathsQuery } from '../../../api/queries'
import type { Comparison, RunRow } from '../../../api/types'
import { CheckOption } from '../../../components/CheckOption'
import { ErrorState, State } from '../../../components/states'
import { comparedPair, readCompareFilesView, withCompareFilesView } from '../../../lib/compareFilesState'
import type { CompareFilesView } from '../../../lib/compareFilesState'
import { diffCounts } from '../../../lib/diffRows'
import { formatBytes, formatCount } from '../../../lib/format'
import { DIFF_LIMIT } from '../../../lib/textDiff'
import { useSearch, useSetSearch } from '../../../state/location'
import { DiffView } from './DiffView'
import { FileList } from './FileList'
import { useDiff } from './useDiff'
import './files.css'

/** A file of two of the compared runs, line by line. */
export default function CompareFiles({ runs, data }: { runs: readonly string[]; data: Comparison | undefined }) {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readCompareFilesView(new URLSearchParams(search)), [search])
  const change = useCallback(
    (part: Partial<CompareFilesView>) => {
      const present = new URLSearchParams(location.search)
      setSearch(withCompareFilesView(present, { ...readCompareFilesView(present), ...part }))
    },
    [setSearch],
  )
  const setFind = useCallback((find: string) => change({ find }), [change])
  const choose = useCallback((path: string) => change({ path }), [change])
  const { data: found } = useQuery({ ...artifactPathsQuery(runs, view.path ?? ''), enabled: view.path !== null })
  const having = found?.paths.find(({ path }) => path === view.path)?.runs.flatMap((index) => runs[index] ?? [])
  const pair = comparedPair(runs, view, having ?? runs)
  return (
    <div className="metrics">
      <FileList runs={runs} find={view.find} setFind={setFind} chosen={view.path} choose={choose} />
      <section className="pane" aria-label="Comparison">
        {runs.length < 2 ? (
          <State small title="Compare at least two runs to see how their files differ" />
        ) : view.path === null ? (
          <p className="files-note muted">Choose a file that several runs have. Texts of at most {formatBytes(DIFF_LIMIT)} are compared.</p>
        ) : having === undefined && found === undefined ? (
          <div className="files-note" aria-busy>
            <span className="skeleton" style={{ width: 320 }} />
          </div>
        ) : (
          <Diff path={view.path} pair={pair} runs={data?.runs ?? []} unified={view.unified} change={change} />
        )}
      </section>
    </div>
  )
}

interface DiffProps {
  path: string
  pair: readonly [string, string]
  runs: readonly RunRow[]
  unified: boolean
  change: (part: Partial<CompareFilesView>) => void
}

function Diff({ path, pair: [left, right], runs, unified, change }: DiffProps) {
  const { data, error, isError, refetch, isPlaceholderData } = useDiff(path, left, right)
  const counts = data === undefined ? null : diffCounts(data)
  const equal = counts !== null && counts.added === 0 && counts.removed === 0
  return (
    <>
      <div className="chart-toolbar">
        <RunChoice label="Left" value={left} runs={runs} choose={(run) => change({ left: run, right })} />
        <Button
          size="small" appearance="subtle" icon={<ArrowSwapRegular />} aria-label="Swap the runs" title="Swap the runs"
          onClick={() => change({ left: right, right: left })}
        />
        <RunChoice label="Right" value={right} runs={runs} choose={(run) => change({ left, right: run })} />
        <span className="grow muted ellipsis" role="status" title={path}>
          {counts !== null && !isError && (equal ? 'No differences' : `+${formatCount(counts.added)} −${formatCount(counts.removed)} lines`)}
        </span>
        <CheckOption label="Unified" title="One under the other instead of side by side" checked={unified} onChange={(on) => change({ unified: on })} />
      </div>
      {isError ? (
        <ErrorState small what="The files could not be compared" error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <div className="files-note" aria-busy>
          <span className="skeleton" style={{ width: 320 }} />
        </div>
      ) : equal ? (
        <State small title="The files are equal, line by line" />
      ) : (
        <div className={isPlaceholderData ? 'fill stale' : 'fill'}>
          <DiffView key={`${path} ${left} ${right}`} stretches={data} unified={unified} />
        </div>
      )}
    </>
  )
}

interface RunChoiceProps {
  label: string
  value: string
  runs: readonly RunRow[]
  choose: (run: string) => void
}

function RunChoice({ label, value, runs, choose }: RunChoiceProps) {
  return (
    <Select className="files-run" size="small" aria-label={label} value={value} onChange={(_event, chosen) => choose(chosen.value)}>
      {runs.map(({ run_id: id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  )
}
