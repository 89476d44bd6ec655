import { FullScreen } from '../../../images/FullScreen'
import { formatBytes } from '../../../lib/format'
import type { ImagesView } from '../../../lib/imagesState'
import type { PageSeries } from '../../../lib/pageSeries'
import { artifactUrl } from '../../../lib/preview'
import { SeriesPage } from './SeriesPage'
import type { ChangeImages } from './useImagesView'

interface FullPageProps {
  runId: string
  series: PageSeries
  view: ImagesView
  change: ChangeImages
}

/** A figure in HTML over the whole page. */
export function FullPage({ runId, series, view, change }: FullPageProps) {
  return (
    <SeriesPage runId={runId} series={series} view={view} change={change}>
      {(frame, controls, { page, index, move }) => (
        <FullScreen
          title={page?.path ?? series.key} note={formatBytes(page?.size ?? 0)} download={artifactUrl(runId, page?.path ?? '', true)}
          index={index} count={series.steps.length} move={move} close={() => change({ full: null })}
          picture={frame} controls={controls ?? undefined}
        />
      )}
    </SeriesPage>
  )
}
