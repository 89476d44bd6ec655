import { useQuery } from '@tanstack/react-query'
import { artifactPathsQuery } from '../../../api/queries'
import { ErrorState } from '../../../components/states'
import { formatCount } from '../../../lib/format'
import { moveInTree } from './ArtifactTree'
import { File } from './TreeFolder'

/** Rows that a page draws at once. */
const MOST_SHOWN = 500

interface FoundFilesProps {
  runId: string
  filter: string
  chosen: string | null
  choose: (path: string) => void
}

/** Files in all folders whose paths contain a text. */
export function FoundFiles({ runId, filter, chosen, choose }: FoundFilesProps) {
  const { data, error, isError, refetch } = useQuery(artifactPathsQuery([runId], filter))
  if (isError && data === undefined) {
    return <ErrorState small what="The files could not be searched" error={error} retry={() => void refetch()} />
  }
  const shown = data?.paths.slice(0, MOST_SHOWN) ?? []
  return (
    <aside className="tree" role="tree" data-list aria-label="Files found" aria-busy={data === undefined} onKeyDown={moveInTree}>
      {shown.map(({ path, size }) => (
        <File key={path} path={path} size={size} level={1} chosen={chosen} choose={choose} whole />
      ))}
      {data?.paths.length === 0 && <p className="tree-note muted">No path contains “{filter}”.</p>}
      {data !== undefined && (data.more || data.paths.length > MOST_SHOWN) && (
        <p className="tree-note muted">The first {formatCount(shown.length)} are shown. Type more to find others.</p>
      )}
    </aside>
  )
}
