import { useQueries } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { curveQuery } from '../api/queries'
import type { Curve } from '../api/series'
import type { MetricsView } from '../lib/chartView'
import type { ChartLook } from './chartLook'
import type { ChartSpec } from './chartSpec'
import { axisRequests, curveRequests, lineCurves } from './lineCurves'

interface Kept {
  lines: ChartSpec['lines']
  x: MetricsView['x']
  curves: readonly Curve[]
}

interface Found {
  data: Curve | undefined
  error: Error | null
  refetch: () => unknown
}

/** The curves of a chart's lines when all of them are there; a chart that grows line by line would move under the reader. */
export function useCurves({ lines }: ChartSpec, { x, group }: MetricsView, { zoom, smoothing }: ChartLook) {
  const axes = useQueries({ queries: axisRequests(lines, { x, zoom }).map(curveQuery), combine: together })
  const { answers, error, retry } = useQueries({
    queries: curveRequests(lines, { x, zoom, smoothing }, axes.answers).map(curveQuery),
    combine: together,
  })
  const curves = useMemo(() => answers && lineCurves(lines, answers, { x, zoom, group }), [answers, lines, x, zoom, group])
  // While finer or smoother ones load, those on screen stay: a chart that went away would take the focus with it.
  const kept = useRef<Kept | null>(null)
  if (curves !== undefined) kept.current = { lines, x, curves }
  const shown = curves ?? (kept.current?.lines === lines && kept.current.x === x ? kept.current.curves : undefined)
  return { curves: shown, error, retry }
}

function together(results: readonly Found[]) {
  const answers = results.flatMap(({ data }) => (data === undefined ? [] : [data]))
  return {
    answers: answers.length === results.length ? answers : undefined,
    error: results.find(({ data, error }) => data === undefined && error !== null)?.error ?? null,
    retry: () => results.forEach(({ refetch }) => void refetch()),
  }
}
