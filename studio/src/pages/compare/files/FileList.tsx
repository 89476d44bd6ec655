import { useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import { artifactPathsQuery } from '../../../api/queries'
import { FindField } from '../../../components/FindField'
import { ErrorState } from '../../../components/states'
import { plural } from '../../../lib/format'
import { isStepImage } from '../../../lib/imageSeries'

const ROW = 28

interface FileListProps {
  runs: readonly string[]
  find: string
  setFind: (text: string) => void
  chosen: string | null
  choose: (path: string) => void
}

/** Files of the runs, those that most of them have first. */
export function FileList({ runs, find, setFind, chosen, choose }: FileListProps) {
  const { data, error, isError, refetch } = useQuery(artifactPathsQuery(runs, find))
  const scroller = useRef<HTMLDivElement>(null)
  // Images over steps have a name of their own in each run, and stand side by side on a tab of theirs.
  const paths = useMemo(() => data?.paths.filter(({ path }) => !isStepImage(path)) ?? [], [data])
  const virtual = useVirtualizer({ count: paths.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 8 })
  return (
    <div className="compare-side">
      <div className="files-find">
        <FindField value={find} onChange={setFind} delay={200} placeholder="Find files" />
      </div>
      {isError && data === undefined ? (
        <ErrorState small what="The files could not be listed" error={error} retry={() => void refetch()} />
      ) : (
        <div ref={scroller} className="files-list" role="listbox" data-list aria-label="Files" aria-busy={data === undefined}>
          <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
            {virtual.getVirtualItems().map(({ index, start }) => {
              const file = paths[index]
              if (file === undefined) return null
              return (
                <button
                  key={file.path} type="button" role="option" data-row className="row-button files-row" aria-selected={file.path === chosen}
                  style={{ transform: `translateY(${start}px)` }} title={file.path} onClick={() => choose(file.path)}
                >
                  <span className="ellipsis grow">{file.path}</span>
                  <span className="muted">{file.runs.length === runs.length ? '' : plural(file.runs.length, 'run')}</span>
                </button>
              )
            })}
          </div>
          {data !== undefined && paths.length === 0 && <p className="files-note muted">{find === '' ? 'These runs have no files.' : 'No path matches.'}</p>}
          {data?.more === true && <p className="files-note muted">Not all are shown. Type more to find others.</p>}
        </div>
      )}
    </div>
  )
}
