import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { ImageSeries, RunRow } from '../../api/types'
import { Picture } from '../../images/Picture'
import { moveAmongTiles } from '../../images/tileKeys'
import { placeAt } from '../../lib/compareImages'
import type { KeyRow } from '../../lib/compareImages'
import { smallPath } from '../../lib/imageSeries'
import { artifactUrl } from '../../lib/preview'
import { jobPath } from '../../lib/routes'
import { Link } from '../../state/location'

const ROW = 240
const NAME_WIDTH = 200
const RUN_WIDTH = 224

interface CompareImageTableProps {
  runs: readonly RunRow[]
  rows: readonly KeyRow<ImageSeries>[]
  step: number
  loading: boolean
  find: string
  colors: ReadonlyMap<string, string>
  open: (run: string, key: string) => void
}

/** Keys are rows and runs columns; only rows in sight are drawn. */
export function CompareImageTable({ runs, rows, step, loading, find, colors, open }: CompareImageTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 1 })
  const template = {
    gridTemplateColumns: `${NAME_WIDTH}px repeat(${Math.max(1, runs.length)}, minmax(0, 1fr))`,
    width: `max(100%, ${NAME_WIDTH + runs.length * RUN_WIDTH}px)`,
  }
  return (
    <div
      ref={scroller} className="compare-scroll" role="table" aria-label="Images" aria-busy={loading}
      onKeyDown={(event) => moveAmongTiles(event, '.compare-image > button')}
    >
      <div className="compare-row compare-head" role="row" style={template}>
        <div role="columnheader" className="compare-name muted">
          Name
        </div>
        {runs.map(({ run_id: run, name }) => (
          <div key={run} role="columnheader" className="compare-cell">
            <span className="swatch" style={{ background: colors.get(run) }} aria-hidden />
            <Link href={jobPath(run, 'images')} className="ellipsis" title={name}>
              {name}
            </Link>
          </div>
        ))}
      </div>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="rowgroup">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <div key={row.key} className="compare-row compare-body compare-images" role="row" style={{ ...template, height: ROW, transform: `translateY(${start}px)` }}>
              <div role="rowheader" className="compare-name">
                <span className="ellipsis" title={row.key}>
                  {row.key}
                </span>
              </div>
              {runs.map(({ run_id: run, name }, column) => (
                <ImageCell key={run} run={run} name={name} series={row.series[column]} step={step} open={open} />
              ))}
            </div>
          )
        })}
      </div>
      {loading && <span className="skeleton compare-images-loading" aria-hidden />}
      {!loading && rows.length === 0 && <p className="compare-none muted">No name contains “{find}”.</p>}
    </div>
  )
}

interface ImageCellProps {
  run: string
  name: string
  series: ImageSeries | undefined
  step: number
  open: CompareImageTableProps['open']
}

function ImageCell({ run, name, series, step, open }: ImageCellProps) {
  const place = series === undefined ? null : placeAt(series.steps, step)
  if (series === undefined || place === null) {
    return (
      <div role="cell" className="compare-cell">
        <span className="muted">{series === undefined ? '–' : 'None up to this step'}</span>
      </div>
    )
  }
  const src = artifactUrl(run, smallPath(series, place.index) ?? '')
  return (
    <div role="cell" className="compare-cell compare-image">
      <button type="button" onClick={() => open(run, series.key)} aria-label={`Full screen: ${series.key} of ${name}`}>
        <Picture src={src} alt={`${series.key} of ${name}, step ${series.steps[place.index] ?? step}`} />
      </button>
      <span className="muted ellipsis">{place.note}</span>
    </div>
  )
}
