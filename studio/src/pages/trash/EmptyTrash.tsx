import { Button } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { AGAIN, planQuery, purgeQuery } from '../../api/trash'
import { formatBytes } from '../../lib/format'
import { sizeLines } from '../../lib/sizes'
import { DeleteForEver } from './DeleteForEver'

const EVERYTHING = {}
/** Others delete and restore, too; a plan reads all of the trash, so it does not follow each of their changes. */
const FOLLOW = 10_000

/** How much the trash holds, and the way to empty it. */
export function EmptyTrash() {
  const purging = useQuery(purgeQuery()).data?.purge?.status === 'running'
  const { data } = useQuery({
    ...planQuery(EVERYTHING),
    refetchInterval: ({ state }) => (purging ? false : state.data?.complete === false ? AGAIN : FOLLOW),
  })
  return (
    <>
      {data !== undefined && data.size.total > 0 && (
        <span className="muted" title={sizeLines(data.size).join('\n')}>
          {data.complete ? '' : '> '}
          {formatBytes(data.size.total)}
        </span>
      )}
      {purging ? <Button disabled>Empty trash…</Button> : <DeleteForEver choice={EVERYTHING} label="Empty trash…" />}
    </>
  )
}
