import { Button } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { artifactsQuery } from '../../../api/queries'
import { CopyButton } from '../../../components/CopyButton'
import { ErrorState, State } from '../../../components/states'
import { formatBytes } from '../../../lib/format'
import { ancestors, artifactUrl, previewKind } from '../../../lib/preview'
import { Loading, NoPreview } from './Loading'

const TextFile = lazy(() => import('./text/TextFile'))

interface PreviewProps {
  runId: string
  path: string
}

/** One file: its path and size, a download, and its content as far as a page can show it. */
export function Preview({ runId, path }: PreviewProps) {
  const folder = useQuery(artifactsQuery(runId, ancestors(path).at(-1) ?? ''))
  const entry = folder.data?.entries.find((each) => each.path === path)
  const gone = folder.data !== undefined && entry === undefined
  return (
    <section className="preview" aria-label={path}>
      <header className="preview-head">
        <span className="mono ellipsis" title={path}>
          {path}
        </span>
        <CopyButton text={path} label="Copy the path" />
        <span className="grow muted">{entry?.size == null ? '' : formatBytes(entry.size)}</span>
        {!gone && (
          <Button as="a" size="small" icon={<ArrowDownloadRegular />} href={artifactUrl(runId, path, true)} download>
            Download
          </Button>
        )}
      </header>
      {folder.isError && folder.data === undefined && (
        <ErrorState small what="The file could not be found" error={folder.error} retry={() => void folder.refetch()} />
      )}
      {gone && <State small title="There is no such file" />}
      {entry !== undefined && (
        <Suspense fallback={<Loading />}>
          <Content runId={runId} path={path} size={entry.size} />
        </Suspense>
      )}
    </section>
  )
}

function Content({ runId, path, size }: PreviewProps & { size: number | null }) {
  switch (previewKind(path)) {
    case 'image':
      return <ImageView key={size} runId={runId} path={path} size={size} />
    case 'text':
      return <TextFile runId={runId} path={path} size={size} />
    case 'none':
      return <NoPreview />
  }
}

function ImageView({ runId, path, size }: PreviewProps & { size: number | null }) {
  const [failed, setFailed] = useState(false)
  const [dimensions, setDimensions] = useState('')
  if (failed) return <State small title="This image can’t be shown" />
  return (
    <div className="image-view">
      <img
        // An overwritten image has another size or at least another address.
        src={`${artifactUrl(runId, path)}&size=${size ?? ''}`}
        alt={path}
        onError={() => setFailed(true)}
        onLoad={({ currentTarget: image }) => setDimensions(`${image.naturalWidth} × ${image.naturalHeight}`)}
      />
      <span className="muted">{dimensions}</span>
    </div>
  )
}
