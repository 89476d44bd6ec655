import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Figure } from '../../../api/types'
import { PageFrame } from '../../../components/PageFrame'
import { useSteps } from '../../../images/useSteps'
import { withStep } from '../../../lib/imagesState'
import type { ImagesView } from '../../../lib/imagesState'
import type { PageSeries } from '../../../lib/pageSeries'
import type { ChangeImages } from './useImagesView'

interface SeriesPageProps {
  runId: string
  series: PageSeries
  view: ImagesView
  change: ChangeImages
  children: (frame: ReactNode, controls: ReactNode, shown: { page: Figure | undefined; index: number; move: (index: number) => void }) => ReactNode
}

/** One page of a series and what moves it, if there are several; how they are arranged is the caller's. */
export function SeriesPage({ runId, series: { key, steps, pages }, view, change, children }: SeriesPageProps) {
  const [loaded, setLoaded] = useState('')
  const { index, label, move, controls } = useSteps({
    name: key, steps, step: view.at.get(key), onStep: (step) => change({ at: withStep(view.at, key, step) }), speed: view.speed,
    isReady: (at) => loaded === pages[at]?.path,
  })
  const page = pages[index]
  const several = steps.length > 1
  const frame = page !== undefined && (
    <PageFrame
      className="image-frame" runId={runId} path={page.path} size={page.size} network={view.network} title={several ? `${key}, ${label}` : key}
      onLoad={() => setLoaded(page.path)}
    />
  )
  return children(frame, several ? controls : null, { page, index, move })
}
