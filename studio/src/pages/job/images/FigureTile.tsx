import { DocumentRegular } from '@fluentui/react-icons/svg/document'
import type { Figure } from '../../../api/types'
import { Picture } from '../../../images/Picture'
import { artifactUrl, baseName } from '../../../lib/preview'
import { outputPath } from '../../../lib/routes'
import { Link } from '../../../state/location'
import type { ChangeImages } from './useImagesView'

interface FigureTileProps {
  runId: string
  figure: Figure
  change: ChangeImages
}

/** A picture that is a plain file. What is HTML opens among the outputs, where it can't do anything to this page. */
export function FigureTile({ runId, figure: { path, kind, size }, change }: FigureTileProps) {
  const name = (
    <span className="ellipsis" title={path}>
      {baseName(path)}
    </span>
  )
  if (kind === 'html') {
    return (
      <Link className="image-tile" href={outputPath(runId, path)}>
        <span className="image-place">
          <span className="image-page muted">
            <DocumentRegular fontSize={32} aria-hidden />
            Open the page
          </span>
        </span>
        {name}
      </Link>
    )
  }
  return (
    <button type="button" className="image-tile" onClick={() => change({ full: { kind: 'figure', name: path } })}>
      <span className="image-place">
        {/* An overwritten picture has another size or at least another address. */}
        <Picture src={`${artifactUrl(runId, path)}&size=${size}`} alt="" />
      </span>
      {name}
    </button>
  )
}
