// Curves for charts: asked for together, sent as msgpack with columns of little-endian float64.
import { decode } from '@msgpack/msgpack'
import { Batcher } from '../lib/batcher'
import { NO_SMOOTHING } from '../lib/smoothing'
import type { Range } from '../lib/chartView'
import type { Smoothing } from '../lib/smoothing'
import { postForBytes } from './client'
import type { SeriesRequest } from './types'

/** Most points or buckets of one curve: about one per pixel of a wide chart. */
export const MAX_POINTS = 1000
/** Of many curves together each has fewer, so that they are drawn and moved as quickly as a few. */
const MANY_CURVES = 40
const POINTS_OF_MANY = 400
/** The server's limit on charts per request. */
const MAX_CHARTS = 50

/** An axis that the server knows. */
export type ServerAxis = NonNullable<SeriesRequest['x']>

export interface CurveRequest {
  runId: string
  metric: string
  x: ServerAxis
  range: Range | null
  smoothing: Smoothing
  /** Most points or buckets. */
  points: number
}

export function pointsOfEach(curves: number): number {
  return curves > MANY_CURVES ? POINTS_OF_MANY : MAX_POINTS
}

/**
 * One curve. Raw: `last` holds the points themselves, and `min`, `max` are the same array. Else each entry is a
 * bucket. `smooth` is there when smoothing was asked for. `total` counts the points in the range.
 */
export interface Curve {
  metric: string
  raw: boolean
  total: number
  nonFinite: number
  /** The width of a bucket; 0 of raw points. */
  width: number
  /** Points of each entry: 1 of raw ones. */
  count: Float64Array
  /** How many of them are NaN or infinite. */
  odd: Float64Array
  /** Where each point lies, or the last point of each bucket; `edge` is where the bucket begins. */
  x: Float64Array
  edge: Float64Array
  /** Where the first point lies, which its bucket may begin before; null where that is not known. */
  first: number | null
  min: Float64Array
  max: Float64Array
  mean: Float64Array
  last: Float64Array
  smooth: Float64Array | null
  /** For a group of runs: how many of them each entry is made of. */
  runs: Float64Array | null
}

const batcher = new Batcher<CurveRequest, Curve>({
  group: ({ x, points, smoothing: { kind, amount } }) => `${x} ${points} ${kind} ${amount}`,
  limit: MAX_CHARTS,
  load: async (wanted) => decodeCurves(new Uint8Array(await postForBytes('/series', seriesRequest(wanted)))),
})

export function fetchCurve(wanted: CurveRequest): Promise<Curve> {
  return batcher.load(wanted)
}

/** One request for charts that share axis, number of points and smoothing. */
export function seriesRequest(wanted: readonly CurveRequest[]): SeriesRequest {
  const smoothing = wanted[0]?.smoothing ?? NO_SMOOTHING
  return {
    x: wanted[0]?.x ?? 'step',
    max_points: wanted[0]?.points ?? MAX_POINTS,
    smoothing: smoothing.amount > 0 ? smoothing : { kind: 'none', amount: 0 },
    charts: wanted.map(({ runId, metric, range }) => ({
      run_ids: [runId],
      metrics: [metric],
      start: range?.[0] ?? null,
      end: range?.[1] ?? null,
    })),
  }
}

interface WireSeries {
  metric: string
  raw: boolean
  total: number
  non_finite: number
  first_x: number | null
  /** Raw: `x`, `value`. Buckets: `last_x`, `min`, `max`, `mean`, `last` and more. Both: `smoothed` if asked for. */
  columns: Record<string, Uint8Array | undefined>
}

/** The first curve of each chart; a chart's only one as long as charts ask for one run and metric. */
export function decodeCurves(bytes: Uint8Array): Curve[] {
  const answer = decode(bytes) as { charts: { bucket_width: number; series: WireSeries[] }[] }
  return answer.charts.map(({ bucket_width: width, series: [only] }) => {
    if (only === undefined) throw new Error('The answer holds a chart without a curve.')
    return curveOf(only, width)
  })
}

function curveOf({ columns, ...wire }: WireSeries, width: number): Curve {
  const column = (name: string): Float64Array => floats(columns[name] ?? new Uint8Array())
  const last = column(wire.raw ? 'value' : 'last')
  return {
    metric: wire.metric,
    raw: wire.raw,
    total: wire.total,
    nonFinite: wire.non_finite,
    width: wire.raw ? 0 : width,
    count: wire.raw ? new Float64Array(last.length).fill(1) : column('count'),
    odd: wire.raw ? last.map((value) => (Number.isFinite(value) ? 0 : 1)) : column('non_finite'),
    // A bucket stands where its last point lies, so that the newest point is seen at its true place.
    x: column(wire.raw ? 'x' : 'last_x'),
    edge: column('x'),
    first: wire.first_x,
    last,
    min: wire.raw ? last : column('min'),
    max: wire.raw ? last : column('max'),
    mean: wire.raw ? last : column('mean'),
    smooth: columns['smoothed'] === undefined ? null : column('smoothed'),
    runs: null,
  }
}

/** A column's numbers. Copied: a view would have to start at a multiple of eight bytes. */
function floats(bytes: Uint8Array): Float64Array {
  const copy = new Float64Array(bytes.byteLength / 8)
  new Uint8Array(copy.buffer).set(bytes)
  return copy
}
