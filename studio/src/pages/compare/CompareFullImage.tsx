import { useCallback } from 'react'
import type { ImageSeries, RunRow } from '../../api/types'
import { FullScreen } from '../../images/FullScreen'
import { SeriesPicture } from '../../images/SeriesPicture'
import type { KeyRow } from '../../lib/compareImages'
import type { CompareImagesView } from '../../lib/compareImagesState'
import { artifactUrl } from '../../lib/preview'
import type { ChangeCompareImages } from './CompareImages'

interface CompareFullImageProps {
  full: NonNullable<CompareImagesView['full']>
  runs: readonly RunRow[]
  rows: readonly KeyRow<ImageSeries>[]
  view: CompareImagesView
  change: ChangeCompareImages
}

/** One run's image over the whole page; its steps move all runs. */
export function CompareFullImage({ full, runs, rows, view, change }: CompareFullImageProps) {
  const column = runs.findIndex(({ run_id: run }) => run === full.run)
  const series = rows.find(({ key }) => key === full.key)?.series[column]
  const own = rows.filter((row) => row.series[column] !== undefined)
  const others = {
    index: own.findIndex((row) => row.key === full.key),
    count: own.length,
    move: (to: number) => {
      const next = own[to]
      if (next !== undefined) change({ full: { run: full.run, key: next.key } })
    },
  }
  const paths = series?.paths
  const addressOf = useCallback(
    (index: number) => {
      const path = paths?.[index]
      return path === undefined ? undefined : artifactUrl(full.run, path)
    },
    [paths, full.run],
  )
  if (series === undefined) return null
  const { key, steps } = series
  return (
    <SeriesPicture key={key} name={key} steps={steps} addressOf={addressOf} speed={view.speed} step={view.step} onStep={(step) => change({ step })}>
      {(picture, controls, { index, size, move }) => (
        <FullScreen
          title={`${runs[column]?.name ?? ''} · ${key}`} note={size} download={artifactUrl(full.run, series.paths[index] ?? '', true)}
          index={index} count={steps.length} move={move} others={others} close={() => change({ full: null })} picture={picture} controls={controls}
        />
      )}
    </SeriesPicture>
  )
}
