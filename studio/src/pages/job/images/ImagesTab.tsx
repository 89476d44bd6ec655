import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { figuresQuery, imagesQuery } from '../../../api/images'
import { CheckOption } from '../../../components/CheckOption'
import { FindField } from '../../../components/FindField'
import { NetworkOption } from '../../../components/NetworkOption'
import { ErrorState, State } from '../../../components/states'
import { plural } from '../../../lib/format'
import { pageSeries } from '../../../lib/pageSeries'
import { SpeedField } from '../../../images/SpeedField'
import { FullImage } from './FullImage'
import { ImageList } from './ImageList'
import type { Listed } from './rows'
import { useImagesView } from './useImagesView'
import '../../../charts/metrics.css'
import '../../../images/images.css'
import './images.css'

/** Images over steps, and the pictures and tables among the run's files. */
export default function ImagesTab({ runId }: { runId: string }) {
  const [view, change] = useImagesView()
  const images = useQuery(imagesQuery(runId))
  const others = useQuery(figuresQuery(runId))
  const listed = useMemo((): Listed | undefined => {
    if (images.data === undefined) return undefined
    // What takes a look into every folder comes below the rest, and may come later.
    const figures = others.data?.figures ?? []
    return { series: images.data.series, figures: figures.filter(({ kind }) => kind === 'image'), pages: pageSeries(figures), tables: others.data?.tables ?? [] }
  }, [images.data, others.data])
  const failed = [images, others].find(({ isError, data }) => isError && data === undefined)
  if (failed !== undefined) {
    const retry = () => [images, others].forEach(({ refetch }) => void refetch())
    return <ErrorState what="The images could not be listed" error={failed.error} retry={retry} />
  }
  const found = listed === undefined ? 0 : listed.series.length + listed.figures.length + listed.pages.length + listed.tables.length
  if (listed !== undefined && others.data !== undefined && found === 0) return <NoImages />
  return (
    <div className="images">
      <div className="chart-toolbar">
        <div className="images-find">
          <FindField value={view.find} onChange={(find) => change({ find })} delay={100} placeholder="Find by name" />
        </div>
        <span className="grow muted ellipsis">
          {listed !== undefined && countText(listed)}
          {found > 0 && (images.data?.more === true || others.data?.more === true) && ' · more files than are listed: the rest is in Outputs + logs'}
        </span>
        {(listed?.pages.length ?? 0) > 0 && <NetworkOption checked={view.network} onChange={(network) => change({ network })} />}
        <SpeedField speed={view.speed} onChange={(speed) => change({ speed })} />
        <CheckOption label="Grid" title="All steps beside each other" checked={view.grid} onChange={(grid) => change({ grid })} />
      </div>
      <ImageList runId={runId} listed={found === 0 ? undefined : listed} view={view} change={change} />
      {listed !== undefined && view.full !== null && <FullImage runId={runId} listed={listed} full={view.full} view={view} change={change} />}
    </div>
  )
}

function countText({ series, figures: pictures, pages, tables }: Listed): string {
  const images = series.reduce((sum, { steps }) => sum + steps.length, 0)
  const figures = pictures.length + pages.reduce((sum, each) => sum + each.pages.length, 0)
  const parts = [
    ...(images > 0 ? [`${plural(images, 'image')} of ${plural(series.length, 'key')}`] : []),
    ...(figures > 0 ? [plural(figures, 'figure')] : []),
    ...(tables.length > 0 ? [plural(tables.length, 'table')] : []),
  ]
  return parts.join(' · ')
}

function NoImages() {
  return (
    <State title="No images yet">
      <p className="muted">Images over steps, figures and tables that the run logs appear here.</p>
      <div className="code">
        {['mlflow.log_image(image, key="samples", step=1)', 'mlflow.log_figure(figure, "loss.png")', 'mlflow.log_table(frame, "results.json")'].join('\n')}
      </div>
    </State>
  )
}
