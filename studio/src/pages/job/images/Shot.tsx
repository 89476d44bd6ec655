import type { ImageSeries } from '../../../api/types'
import { Picture } from '../../../images/Picture'
import { formatCount } from '../../../lib/format'
import { chosenStep, smallPath } from '../../../lib/imageSeries'
import { withStep } from '../../../lib/imagesState'
import type { ImagesView } from '../../../lib/imagesState'
import { artifactUrl } from '../../../lib/preview'
import type { ChangeImages } from './useImagesView'

interface ShotProps {
  runId: string
  series: ImageSeries
  index: number
  view: ImagesView
  change: ChangeImages
}

/** One step of a series in the grid; a click shows it over the whole page. */
export function Shot({ runId, series, index, view, change }: ShotProps) {
  const label = `step ${formatCount(series.steps[index] ?? 0)}`
  const at = () => withStep(view.at, series.key, chosenStep(series.steps, index))
  return (
    <button
      type="button" className="image-tile" aria-label={`${series.key}, ${label}`}
      onClick={() => change({ at: at(), full: { kind: 'series', name: series.key } })}
    >
      <span className="image-place">
        <Picture src={artifactUrl(runId, smallPath(series, index) ?? '')} alt="" />
      </span>
      <span className="muted">{label}</span>
    </button>
  )
}
