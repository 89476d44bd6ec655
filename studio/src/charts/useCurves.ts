import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import { curvesQuery } from '../api/queries'
import type { Curve, CurveRequest } from '../api/series'
import type { MetricsView } from '../lib/chartView'
import type { ChartLook } from './chartLook'
import type { ChartSpec } from './chartSpec'
import { axisRequests, curveRequests, lineCurves } from './lineCurves'

interface Kept {
  lines: ChartSpec['lines']
  x: MetricsView['x']
  curves: readonly Curve[]
}

const NONE: readonly Curve[] = []

/** The curves of a chart's lines when all of them are there; a chart that grows line by line would move under the reader. */
export function useCurves({ lines }: ChartSpec, { x, group }: MetricsView, { zoom, smoothing }: ChartLook) {
  const axes = useAnswers(useMemo(() => axisRequests(lines, { x, zoom }), [lines, x, zoom]))
  const { answers, error, retry } = useAnswers(
    useMemo(() => curveRequests(lines, { x, zoom, smoothing }, axes.answers), [lines, x, zoom, smoothing, axes.answers]),
  )
  const curves = useMemo(() => answers && lineCurves(lines, answers, { x, zoom, group }), [answers, lines, x, zoom, group])
  // While finer or smoother ones load, those on screen stay: a chart that went away would take the focus with it.
  const kept = useRef<Kept | null>(null)
  if (curves !== undefined) kept.current = { lines, x, curves }
  const shown = curves ?? (kept.current?.lines === lines && kept.current.x === x ? kept.current.curves : undefined)
  return { curves: shown, error, retry }
}

function useAnswers(wanted: readonly CurveRequest[]) {
  const { data, error, refetch } = useQuery({ ...curvesQuery(wanted), enabled: wanted.length > 0 })
  return {
    answers: wanted.length === 0 ? NONE : data,
    error: data === undefined ? error : null,
    retry: useCallback(() => void refetch(), [refetch]),
  }
}
