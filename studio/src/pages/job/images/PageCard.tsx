import { Button } from '@fluentui/react-components'
import { FullScreenMaximizeRegular } from '@fluentui/react-icons/svg/full-screen-maximize'
import type { ImagesView } from '../../../lib/imagesState'
import type { PageSeries } from '../../../lib/pageSeries'
import { outputPath } from '../../../lib/routes'
import { Link } from '../../../state/location'
import { SeriesPage } from './SeriesPage'
import type { ChangeImages } from './useImagesView'

interface PageCardProps {
  runId: string
  series: PageSeries
  view: ImagesView
  change: ChangeImages
}

/** A figure in HTML, such as an interactive chart, with a slider where there are several over steps. */
export function PageCard({ runId, series, view, change }: PageCardProps) {
  const { key } = series
  return (
    <SeriesPage runId={runId} series={series} view={view} change={change}>
      {(frame, controls, { page }) => (
        <figure className="image-card" data-key={key}>
          <figcaption>
            <Link className="ellipsis grow" href={outputPath(runId, page?.path ?? '')} title={page?.path}>
              {key}
            </Link>
            <Button
              appearance="transparent" size="small" icon={<FullScreenMaximizeRegular />}
              aria-label={`Full screen: ${key}`} title="Full screen" onClick={() => change({ full: { kind: 'page', name: key } })}
            />
          </figcaption>
          {frame}
          {controls}
        </figure>
      )}
    </SeriesPage>
  )
}
