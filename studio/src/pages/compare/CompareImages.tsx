import { useQueries } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { imagesQuery } from '../../api/images'
import type { Comparison, ImageListing } from '../../api/types'
import { FindField } from '../../components/FindField'
import { ErrorState, State } from '../../components/states'
import { useSettled } from '../../components/useSettled'
import { SpeedField } from '../../images/SpeedField'
import { StepControls } from '../../images/StepControls'
import { usePlayer } from '../../images/usePlayer'
import { allSteps, keyRows } from '../../lib/compareImages'
import { readCompareImages, withCompareImages } from '../../lib/compareImagesState'
import type { CompareImagesView } from '../../lib/compareImagesState'
import type { CompareView } from '../../lib/compareState'
import { formatCount, plural } from '../../lib/format'
import { chosenStep, shownIndex } from '../../lib/imageSeries'
import { useSearch, useSetSearch } from '../../state/location'
import { CompareFullImage } from './CompareFullImage'
import { CompareImageTable } from './CompareImageTable'
import type { ChangeCompare } from './useCompareView'
import '../../charts/metrics.css'
import '../../images/images.css'

interface CompareImagesProps {
  view: CompareView
  change: ChangeCompare
  data: Comparison | undefined
  colors: ReadonlyMap<string, string>
}

/** Images of the runs side by side at one step, which one slider moves. */
export default function CompareImages({ view, change, data, colors }: CompareImagesProps) {
  const [images, changeImages] = useCompareImages()
  const found = useQueries({ queries: (data?.runs ?? []).map(({ run_id: run }) => imagesQuery(run)), combine: together })
  const rows = useMemo(() => keyRows(found.listings?.map((listing) => listing?.series ?? []) ?? [], view.search), [found.listings, view.search])
  const steps = useMemo(() => allSteps(rows), [rows])
  const [chosen, choose] = useSettled(images.step, (step) => changeImages({ step }))
  const index = shownIndex(steps, chosen)
  const move = useCallback((to: number) => choose(chosenStep(steps, to)), [choose, steps])
  const player = usePlayer({ count: steps.length, index, move, ready: true, speed: images.speed })
  if (found.error !== null && found.failed === data?.runs.length) {
    return <ErrorState what="The images could not be listed" error={found.error} retry={found.retry} />
  }
  const loading = data === undefined || found.listings === undefined
  if (!loading && rows.length === 0 && view.search === '') {
    return (
      <State title="None of these runs has images over steps">
        <p className="muted">They appear here when a run logs one with a key and a step.</p>
        <div className="code">mlflow.log_image(image, key="samples", step=1)</div>
      </State>
    )
  }
  const step = steps[index] ?? 0
  return (
    <>
      <div className="chart-toolbar">
        <div className="compare-find">
          <FindField value={view.search} onChange={(search) => change({ search })} delay={100} placeholder="Find a name" />
        </div>
        <div className="grow compare-steps">
          <StepControls of="all runs" count={steps.length} index={index} move={move} player={player} label={`step ${formatCount(step)}`} />
        </div>
        {found.error !== null && (
          <span className="muted ellipsis compare-failed" role="alert" title={found.error.message}>
            {plural(found.failed, 'run')} could not be read: {found.error.message}
          </span>
        )}
        <SpeedField speed={images.speed} onChange={(speed) => changeImages({ speed })} />
      </div>
      <CompareImageTable
        runs={data?.runs ?? []} rows={rows} step={step} loading={loading} find={view.search} colors={colors}
        open={(run, key) => changeImages({ full: { run, key } })}
      />
      {images.full !== null && (
        <CompareFullImage full={images.full} runs={data?.runs ?? []} rows={rows} view={images} change={changeImages} />
      )}
    </>
  )
}

export type ChangeCompareImages = (part: Partial<CompareImagesView>) => void

function useCompareImages(): [CompareImagesView, ChangeCompareImages] {
  const search = useSearch()
  const setSearch = useSetSearch()
  const view = useMemo(() => readCompareImages(new URLSearchParams(search)), [search])
  const change = useCallback(
    (part: Partial<CompareImagesView>) => {
      const present = new URLSearchParams(location.search)
      const before = readCompareImages(present)
      // The back button closes what fills the screen, whatever was shown there one after the other.
      setSearch(withCompareImages(present, { ...before, ...part }), part.full == null || before.full !== null)
    },
    [setSearch],
  )
  return [view, change]
}

interface Found {
  data: ImageListing | undefined
  error: Error | null
  refetch: () => unknown
}

/**
 * The images of all runs when all have answered: columns that fill one by one would move the slider. Runs whose files
 * lie where the server can't read them leave their columns empty.
 */
function together(results: readonly Found[]) {
  const failures = results.filter(({ data, error }) => data === undefined && error !== null)
  const settled = results.every(({ data, error }) => data !== undefined || error !== null)
  return {
    listings: settled ? results.map(({ data }) => data) : undefined,
    failed: failures.length,
    error: failures[0]?.error ?? null,
    retry: () => results.forEach(({ refetch }) => void refetch()),
  }
}
