import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { State } from '../../../../components/states'
import { artifactUrl, frameUrl } from '../../../../lib/preview'
import type { RichProps } from './kinds'

export function ImageView({ runId, path, size }: RichProps) {
  const [failed, setFailed] = useState(false)
  const [dimensions, setDimensions] = useState('')
  if (failed) return <State small title="This image can’t be shown" />
  return (
    <div className="image-view">
      <img
        src={sized(runId, path, size)}
        alt={path}
        onError={() => setFailed(true)}
        onLoad={({ currentTarget: image }) => setDimensions(`${image.naturalWidth} × ${image.naturalHeight}`)}
      />
      <span className="muted">{dimensions}</span>
    </div>
  )
}

/** Sound or moving pictures, which the browser asks for by ranges. */
export function PlayerView({ runId, path, size, video }: RichProps & { video: boolean }) {
  const [failed, setFailed] = useState(false)
  if (failed) return <State small title={`This browser can’t play this ${video ? 'video' : 'sound'}`} />
  const shared = { src: sized(runId, path, size), controls: true, preload: 'metadata', onError: () => setFailed(true), 'aria-label': path }
  // What a run logs has no captions, so the rule that asks for them can't be kept.
  return <div className="image-view">{video ? <video {...shared} /> : <audio {...shared} />}</div>
}

/** A PDF in the browser's own viewer, which runs apart from pages. */
export function PdfView({ runId, path, size }: RichProps) {
  if (!navigator.pdfViewerEnabled) {
    return (
      <State small title="This browser shows no PDF in a page">
        <Button as="a" size="small" href={artifactUrl(runId, path, true)} download>
          Download it
        </Button>
      </State>
    )
  }
  return <iframe className="preview-frame" src={`${frameUrl(runId, path)}&size=${size}`} title={path} />
}

/** An overwritten file has another size or at least another address. */
function sized(runId: string, path: string, size: number): string {
  return `${artifactUrl(runId, path)}&size=${size}`
}
