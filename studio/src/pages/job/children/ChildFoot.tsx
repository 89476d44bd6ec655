import { Button } from '@fluentui/react-components'
import { comparePath } from '../../../lib/compareState'
import { formatCount, plural } from '../../../lib/format'
import { childJobsPath } from '../../../lib/routes'
import { Link, navigate } from '../../../state/location'

/** The server compares so many at most. */
const MOST_COMPARED = 100

interface ChildFootProps {
  runId: string
  total: number | undefined
  checked: ReadonlySet<string>
  clear: () => void
}

/** How many children there are, and what can be done with the checked ones. */
export function ChildFoot({ runId, total, checked, clear }: ChildFootProps) {
  const tooMany = checked.size > MOST_COMPARED
  const title = checked.size < 2 ? 'Check at least two jobs' : tooMany ? `At most ${MOST_COMPARED} jobs can be compared` : undefined
  return (
    <footer className="list-foot">
      <span>{total !== undefined && plural(total, 'child job')}</span>
      {checked.size > 0 && (
        <>
          <span>{formatCount(checked.size)} checked</span>
          <Button size="small" appearance="primary" disabled={checked.size < 2 || tooMany} title={title} onClick={() => navigate(comparePath([...checked]))}>
            Compare
          </Button>
          <Button size="small" appearance="subtle" onClick={clear}>
            Clear
          </Button>
        </>
      )}
      <span className="grow" />
      <Link href={childJobsPath(runId)} className="link">
        Show in the list of jobs
      </Link>
    </footer>
  )
}
