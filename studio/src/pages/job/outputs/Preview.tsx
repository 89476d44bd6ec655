import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { fileQuery } from '../../../api/artifact'
import { ApiError } from '../../../api/client'
import { ErrorState, State } from '../../../components/states'
import { formatBytes } from '../../../lib/format'
import { artifactUrl, previewKind, RICH_LIMITS } from '../../../lib/preview'
import { Loading, NoPreview } from './Loading'
import { ImageView, PdfView, PlayerView } from './previews/MediaViews'
import { FolderPreview } from './FolderPreview'
import { PreviewHead } from './PreviewHead'
import { useOutputsView } from './useOutputsView'

const TextFile = lazy(() => import('./text/TextFile'))
const RICH = {
  csv: lazy(() => import('./previews/CsvTable')),
  json: lazy(() => import('./previews/JsonTree')),
  markdown: lazy(() => import('./previews/MarkdownView')),
  html: lazy(() => import('./previews/HtmlFrame')),
  notebook: lazy(() => import('./previews/NotebookView')),
}
const ParquetTable = lazy(() => import('./previews/ParquetTable'))

interface PreviewProps {
  runId: string
  path: string
  choose: (path: string) => void
}

/** One file: its path and size, a download, and its content as far as a page can show it. */
export function Preview({ runId, path, choose }: PreviewProps) {
  const { data: file, error, refetch } = useQuery(fileQuery(runId, path))
  const size = file?.size
  const gone = error instanceof ApiError && error.status === 404
  const [view, change] = useOutputsView()
  // So it says of folders, and of paths that no file can have.
  if (error instanceof ApiError && error.status === 400 && file === undefined) return <FolderPreview runId={runId} path={path} choose={choose} />
  const kind = previewKind(path)
  const limit = RICH_LIMITS[kind]
  const long = limit !== undefined && (size ?? 0) > limit
  return (
    <section className="preview pane" aria-label={path}>
      <PreviewHead
        path={path} told={size === undefined ? '' : formatBytes(size)}
        download={gone ? null : { label: 'Download', href: artifactUrl(runId, path, true) }}
      >
        {limit !== undefined && !long && (
          <span className="preview-modes" role="group" aria-label="Show as">
            {[false, true].map((raw) => (
              <button key={String(raw)} type="button" aria-pressed={view.raw === raw} onClick={() => change({ raw })}>
                {raw ? 'Text' : NAMES[kind as keyof typeof RICH]}
              </button>
            ))}
          </span>
        )}
      </PreviewHead>
      {gone && <State small title="There is no such file" />}
      {!gone && error !== null && size === undefined && (
        <ErrorState small what="The file could not be found" error={error} retry={() => void refetch()} />
      )}
      {file !== undefined && !gone && (
        <Suspense fallback={<Loading />}>
          {long && <div className="preview-note muted">Files of more than {formatBytes(limit)} are shown as text.</div>}
          <Content runId={runId} path={path} size={file.size} version={file.etag} text={view.raw || long} />
        </Suspense>
      )}
    </section>
  )
}

const NAMES = { csv: 'Table', json: 'Tree', markdown: 'Preview', html: 'Page', notebook: 'Notebook' } as const

interface ContentProps extends Omit<PreviewProps, 'choose'> {
  size: number
  /** Changes when the file is written anew. */
  version: string
  text: boolean
}

function Content({ text, version, ...file }: ContentProps) {
  const kind = previewKind(file.path)
  // An empty log may be about to grow: it is followed like any other.
  if (file.size === 0 && kind !== 'text' && kind !== 'none' && !text) return <State small title="This file is empty" />
  switch (kind) {
    case 'image':
      return <ImageView key={version} {...file} />
    case 'audio':
    case 'video':
      return <PlayerView key={version} {...file} video={kind === 'video'} />
    case 'pdf':
      return <PdfView {...file} />
    case 'parquet':
      return <ParquetTable key={version} {...file} />
    case 'none':
      return <NoPreview />
    case 'text':
      return <TextFile {...file} />
    default: {
      const Rich = RICH[kind]
      // A table's reader knows one version of its file; other previews show a new one in place.
      return text ? <TextFile {...file} /> : <Rich key={kind === 'csv' ? version : kind} {...file} />
    }
  }
}
