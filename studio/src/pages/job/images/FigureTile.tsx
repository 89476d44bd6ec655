import type { Figure } from '../../../api/types'
import { Picture } from '../../../images/Picture'
import { artifactUrl, baseName } from '../../../lib/preview'
import type { ChangeImages } from './useImagesView'

interface FigureTileProps {
  runId: string
  figure: Figure
  change: ChangeImages
}

/** A picture that is a plain file. */
export function FigureTile({ runId, figure: { path, size }, change }: FigureTileProps) {
  return (
    <button type="button" className="image-tile" onClick={() => change({ full: { kind: 'figure', name: path } })}>
      <span className="image-place">
        {/* An overwritten picture has another size or at least another address. */}
        <Picture src={`${artifactUrl(runId, path)}&size=${size}`} alt="" />
      </span>
      <span className="ellipsis" title={path}>
        {baseName(path)}
      </span>
    </button>
  )
}
