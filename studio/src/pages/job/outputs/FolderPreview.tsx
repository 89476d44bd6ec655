import { FolderRegular } from '@fluentui/react-icons/svg/folder'
import { useInfiniteQuery } from '@tanstack/react-query'
import { artifactsQuery } from '../../../api/queries'
import { ApiError } from '../../../api/client'
import { ErrorState, State } from '../../../components/states'
import { formatBytes, formatCount, plural } from '../../../lib/format'
import { archiveUrl, baseName } from '../../../lib/preview'
import { Loading } from './Loading'
import { PreviewHead } from './PreviewHead'
import { File } from './TreeFolder'

interface FolderPreviewProps {
  runId: string
  path: string
  choose: (path: string) => void
}

/** What lies in a folder that a link leads to. */
export function FolderPreview({ runId, path, choose }: FolderPreviewProps) {
  const { data, error, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(artifactsQuery(runId, path))
  const entries = data?.pages.flatMap((page) => page.entries) ?? []
  const [folders, files] = [entries.filter((entry) => entry.is_dir), entries.filter((entry) => !entry.is_dir)]
  const bytes = files.reduce((sum, { size }) => sum + (size ?? 0), 0)
  const parts = [folders.length > 0 && plural(folders.length, 'folder'), files.length > 0 && `${plural(files.length, 'file')}, ${formatBytes(bytes)}`]
  const summary = parts.filter((part) => part !== false).join(' · ')
  return (
    <section className="preview pane" aria-label={path}>
      <PreviewHead
        path={path} told={hasNextPage ? `${summary} in the first ${formatCount(entries.length)}` : summary}
        download={entries.length === 0 ? null : { label: 'Download as zip', href: archiveUrl(runId, path.replace(/\/$/, '')) }}
      />
      {data === undefined && !isError && <Loading />}
      {data === undefined && isError && <Failed error={error} retry={() => void refetch()} />}
      {data !== undefined && entries.length === 0 && <State small title="There is no such file" />}
      {entries.length > 0 && (
        <div className="tree">
          {folders.map((entry) => (
            <button key={entry.path} type="button" className="row-button tree-row" title={entry.path} onClick={() => choose(entry.path)}>
              <FolderRegular fontSize={16} />
              <span className="ellipsis grow">{baseName(entry.path)}</span>
            </button>
          ))}
          {files.map((entry) => (
            <File key={entry.path} path={entry.path} size={entry.size} chosen={null} choose={choose} />
          ))}
          {hasNextPage && (
            <button type="button" className="row-button tree-row tree-more" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {isFetchingNextPage ? 'Loading…' : 'Load more'}
            </button>
          )}
        </div>
      )}
    </section>
  )
}

function Failed({ error, retry }: { error: Error; retry: () => void }) {
  // Not every name can be a file's: the server says which rule it breaks.
  if (error instanceof ApiError && error.status === 400) {
    return (
      <State small title="There is no such file">
        <p className="muted">{error.message}</p>
      </State>
    )
  }
  return <ErrorState small what="The folder could not be listed" error={error} retry={retry} />
}
