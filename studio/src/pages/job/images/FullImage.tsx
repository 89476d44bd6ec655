import { useCallback, useState } from 'react'
import type { Figure, ImageSeries } from '../../../api/types'
import { FullScreen } from '../../../images/FullScreen'
import type { Others } from '../../../images/FullScreen'
import { Picture } from '../../../images/Picture'
import { SeriesPicture } from '../../../images/SeriesPicture'
import { formatBytes, formatTime } from '../../../lib/format'
import { named } from '../../../lib/imageSeries'
import { withStep } from '../../../lib/imagesState'
import type { ImagesView } from '../../../lib/imagesState'
import { artifactUrl } from '../../../lib/preview'
import { FullPage } from './FullPage'
import type { Listed } from './rows'
import type { ChangeImages } from './useImagesView'

interface FullImageProps {
  runId: string
  listed: Listed
  full: NonNullable<ImagesView['full']>
  view: ImagesView
  change: ChangeImages
}

/** The original of an image over the whole page; nothing while the address names one that is not there. */
export function FullImage({ listed, full, ...rest }: FullImageProps) {
  if (full.kind === 'series') {
    const series = listed.series.find(({ key }) => key === full.name)
    if (series === undefined) return null
    const keys = named(listed.series, rest.view.find, ({ key }) => key)
    const move = (to: number) => {
      const next = keys[to]
      if (next !== undefined) rest.change({ full: { kind: 'series', name: next.key } })
    }
    const others = { index: keys.indexOf(series), count: keys.length, move }
    // A slider of its own for each key: what one was told last belongs to it.
    return <FullSeries key={series.key} series={series} {...(others.index < 0 ? {} : { others })} {...rest} />
  }
  if (full.kind === 'page') {
    const pages = listed.pages.find(({ key }) => key === full.name)
    return pages === undefined ? null : <FullPage series={pages} {...rest} />
  }
  const figures = named(listed.figures, rest.view.find, ({ path }) => path)
  const index = figures.findIndex(({ path }) => path === full.name)
  return index < 0 ? null : <FullFigure figures={figures} index={index} {...rest} />
}

type Rest = Omit<FullImageProps, 'listed' | 'full'>

function FullSeries({ runId, series, others, view, change }: Rest & { series: ImageSeries; others?: Others }) {
  const { key, steps, paths, times } = series
  const addressOf = useCallback(
    (index: number) => {
      const path = paths[index]
      return path === undefined ? undefined : artifactUrl(runId, path)
    },
    [runId, paths],
  )
  return (
    <SeriesPicture
      name={key} steps={steps} addressOf={addressOf} speed={view.speed} step={view.at.get(key)}
      onStep={(step) => change({ at: withStep(view.at, key, step) })}
    >
      {(picture, controls, { index, size, move }) => (
        <FullScreen
          title={key} note={[size, formatTime(times[index] ?? 0)].filter((part) => part !== '').join(' · ')}
          download={artifactUrl(runId, paths[index] ?? '', true)}
          index={index} count={steps.length} move={move} {...(others && { others })} close={() => change({ full: null })}
          picture={picture} controls={controls}
        />
      )}
    </SeriesPicture>
  )
}

function FullFigure({ runId, figures, index, change }: Rest & { figures: readonly Figure[]; index: number }) {
  const { path, size } = figures[index] ?? { path: '', size: 0 }
  const [dimensions, setDimensions] = useState('')
  const move = (to: number) => {
    const next = figures[to]
    if (next !== undefined) change({ full: { kind: 'figure', name: next.path } })
  }
  return (
    <FullScreen
      title={path} note={[dimensions, formatBytes(size)].filter((part) => part !== '').join(' · ')} download={artifactUrl(runId, path, true)}
      index={index} count={figures.length} move={move} close={() => change({ full: null })}
      picture={<Picture src={`${artifactUrl(runId, path)}&size=${size}`} alt={path} onSettled={(_src, shown) => setDimensions(shown ?? '')} />}
    />
  )
}
