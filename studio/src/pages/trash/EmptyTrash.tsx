import { Button } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { planQuery, purgeQuery } from '../../api/trash'
import { formatBytes } from '../../lib/format'
import { sizeLines } from '../../lib/sizes'
import { DeleteForEver } from './DeleteForEver'

const EVERYTHING = {}

/** How much the trash holds, and the way to empty it. */
export function EmptyTrash() {
  const { data } = useQuery(planQuery(EVERYTHING))
  const purging = useQuery(purgeQuery()).data?.purge?.status === 'running'
  const empty = data === undefined || data.runs + data.experiments + data.models + data.kept_total === 0
  return (
    <>
      {data !== undefined && data.size.total > 0 && (
        <span className="muted" title={sizeLines(data.size).join('\n')}>
          {data.complete ? '' : '> '}
          {formatBytes(data.size.total)}
        </span>
      )}
      {empty || purging ? <Button disabled>Empty trash…</Button> : <DeleteForEver choice={EVERYTHING} label="Empty trash…" />}
    </>
  )
}
