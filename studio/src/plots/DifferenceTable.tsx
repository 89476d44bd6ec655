import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { compareQuery } from '../api/queries'
import type { Comparison } from '../api/types'
import { ErrorState, State } from '../components/states'
import { comparedRows } from '../lib/comparison'
import type { ComparedRow } from '../lib/comparison'
import { formatNumber, fullNumber, plural } from '../lib/format'
import { jobPath } from '../lib/routes'
import { Link } from '../state/location'
import { useBoard } from './BoardContext'

/** More columns can't be read on a card, and more rows are for the page of the comparison. */
const MOST_RUNS = 20
const MOST_ROWS = 300

/** Parameters and metrics in which the runs differ, side by side: of those marked, else of the first ones. */
export function DifferenceTable() {
  const { table, kept, marked, colors } = useBoard()
  const inside = table.runs.filter((_run, row) => kept[row] === true).map(({ run_id: id }) => id)
  const chosen = marked.size > 1 ? inside.filter((id) => marked.has(id)) : inside
  const runs = chosen.slice(0, MOST_RUNS)
  const { data, error, isError, refetch } = useQuery({ ...compareQuery(runs), enabled: runs.length > 0 })
  const rows = useMemo(() => (data === undefined ? [] : comparedRows(differing(data), '', true)), [data])
  if (runs.length === 0) return <State small title="All runs are brushed out" />
  if (isError && data === undefined) {
    return <ErrorState small what="The runs could not be compared" error={error} retry={() => void refetch()} />
  }
  if (data === undefined) return <div className="skeleton plot-loading" aria-hidden />
  if (rows.length === 0) return <State small title="These runs do not differ" />
  return (
    <>
      <div className="plot-differences" tabIndex={0} role="group" aria-label="Differences">
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              {data.runs.map(({ run_id: id, name }) => (
                <th key={id} scope="col" title={name}>
                  <span className="swatch" style={{ background: colors.get(id) }} aria-hidden /> <Link href={jobPath(id)}>{name}</Link>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MOST_ROWS).map(({ kind, name, values }) => (
              <tr key={`${kind} ${name}`}>
                <th scope="row" title={name}>
                  {name}
                </th>
                {values.map((value, index) => (
                  <td key={index} title={value === null ? undefined : fullNumber(value)}>
                    {value === null ? '–' : kind === 'metric' ? formatNumber(value) : value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="chart-foot muted ellipsis">
        {[
          runs.length < inside.length ? `${runs.length} of ${plural(inside.length, 'run')}` : plural(runs.length, 'run'),
          rows.length > MOST_ROWS ? `the first ${MOST_ROWS} of ${plural(rows.length, 'difference')}` : plural(rows.length, 'difference'),
        ].join('; ')}
      </div>
    </>
  )
}

function differing({ params, metrics }: Comparison): ComparedRow[] {
  return [
    ...params.map((row) => ({ ...row, kind: 'param' as const })),
    ...metrics.map((row) => ({ ...row, kind: 'metric' as const })),
  ]
}
