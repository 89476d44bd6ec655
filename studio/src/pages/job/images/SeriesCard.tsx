import { Button } from '@fluentui/react-components'
import { FullScreenMaximizeRegular } from '@fluentui/react-icons/svg/full-screen-maximize'
import { useCallback } from 'react'
import type { ImageSeries } from '../../../api/types'
import { SeriesPicture } from '../../../images/SeriesPicture'
import { smallPath } from '../../../lib/imageSeries'
import { withStep } from '../../../lib/imagesState'
import type { ImagesView } from '../../../lib/imagesState'
import { artifactUrl } from '../../../lib/preview'
import type { ChangeImages } from './useImagesView'

interface SeriesCardProps {
  runId: string
  series: ImageSeries
  view: ImagesView
  change: ChangeImages
}

/** One key: the image of a step, and a slider over all its steps. */
export function SeriesCard({ runId, series, view, change }: SeriesCardProps) {
  const { key, steps } = series
  const addressOf = useCallback(
    (index: number) => {
      const path = smallPath(series, index)
      return path === undefined ? undefined : artifactUrl(runId, path)
    },
    [runId, series],
  )
  const open = () => change({ full: { kind: 'series', name: key } })
  return (
    <SeriesPicture
      name={key} steps={steps} addressOf={addressOf} speed={view.speed} step={view.at.get(key)}
      onStep={(step) => change({ at: withStep(view.at, key, step) })}
    >
      {(picture, controls) => (
        <figure className="image-card" data-key={key}>
          <figcaption>
            <span className="ellipsis grow" title={key}>
              {key}
            </span>
            <Button
              appearance="transparent" size="small" icon={<FullScreenMaximizeRegular />}
              aria-label={`Full screen: ${key}`} title="Full screen" onClick={open}
            />
          </figcaption>
          {/* For the pointer: the button above does the same for the keyboard. */}
          <div className="image-place" onClick={open}>
            {picture}
          </div>
          {controls}
        </figure>
      )}
    </SeriesPicture>
  )
}
