// Several runs' curves as one: what lies in the middle, and how far they spread.
import type { Curve } from '../api/series'
import type { GroupBand, GroupCenter } from './grouping'

/** What the members of a group have in one bucket, or at one x. */
interface Entry {
  edge: number
  x: number
  /** A value for each run that has finite points here, and the smoothed ones. */
  values: number[]
  smooth: number[]
  min: number
  max: number
  count: number
  odd: number
}

/**
 * The curve of a group. An entry is made of those runs that have points there, `runs` says how many; a run counts with
 * the mean of its finite points, however many it has. Buckets are those of the member with the widest ones, so the
 * numbers follow from the group's own runs alone, whatever else a page shows; while all members are points, an entry
 * is one x where they `meet` at the same x, as steps do, and else as wide as the points are apart. `mean` and `last`
 * are the middle, `min` and `max` the band's edges.
 */
export function groupCurve(members: readonly Curve[], center: GroupCenter, band: GroupBand, meet = true): Curve {
  const apart = meet ? 0 : placeWidth(members.map(({ edge }) => distinct(edge)))
  const width = Math.max(apart, ...members.map((member) => member.width))
  const entries = new Map<number, Entry>()
  for (const member of members) addMember(entries, member, width)
  const sorted = [...entries.values()].sort((one, other) => one.edge - other.edge)
  const column = (value: (entry: Entry) => number) => Float64Array.from(sorted, value)
  const middle = column(({ values }) => centerOf(values, center))
  const edges = sorted.map((entry, index) => bandOf(entry, middle[index] ?? NaN, band))
  const smoothed = members.some(({ smooth }) => smooth !== null)
  return {
    metric: members[0]?.metric ?? '',
    raw: false,
    total: sum(members.map(({ total }) => total)),
    nonFinite: sum(members.map(({ nonFinite }) => nonFinite)),
    width,
    count: column(({ count }) => count),
    odd: column(({ odd }) => odd),
    x: column(({ x }) => x),
    edge: column(({ edge }) => edge),
    first: firstOf(members),
    min: Float64Array.from(edges, ([low]) => low),
    max: Float64Array.from(edges, ([, high]) => high),
    mean: middle,
    last: middle,
    smooth: smoothed ? column(({ smooth }) => centerOf(smooth, center)) : null,
    runs: column(({ values }) => values.length),
  }
}

function firstOf(members: readonly Curve[]): number | null {
  const known = members.flatMap(({ first }) => (first === null ? [] : [first]))
  return known.length === 0 ? null : Math.min(...known)
}

/** Runs share most places if there are hardly more of them than the longest run has. */
const MOSTLY_SHARED = 1.25
/** The part of a run's gaps that a place is as wide as; the others, such as pauses, are longer. */
const USUAL_GAPS = 0.9

/**
 * How wide a place has to be for runs to meet in it whose clocks, say, never show the same millisecond; 0 where they
 * meet as they are. A power of two, so that it does not change with each new point.
 */
function placeWidth(places: readonly Float64Array[]): number {
  const longest = Math.max(0, ...places.map(({ length }) => length))
  const together = new Set(places.flatMap((own) => [...own])).size
  if (places.length < 2 || together <= longest * MOSTLY_SHARED) return 0
  const gap = Math.max(0, ...places.map(usualGap))
  return gap > 0 ? 2 ** Math.ceil(Math.log2(gap)) : 0
}

function usualGap(places: Float64Array): number {
  const gaps = places.subarray(1).map((place, index) => place - (places[index] ?? place)).sort()
  return gaps[Math.floor((gaps.length - 1) * USUAL_GAPS)] ?? 0
}

/** Each of the ascending values once. */
function distinct(values: Float64Array): Float64Array {
  return values.filter((value, index) => value !== values[index - 1])
}

function addMember(entries: Map<number, Entry>, curve: Curve, width: number): void {
  let open: { entry: Entry; sum: number; finite: number; smooth: number } | null = null
  const close = () => {
    if (open === null || open.finite === 0) return
    open.entry.values.push(open.sum / open.finite)
    if (Number.isFinite(open.smooth)) open.entry.smooth.push(open.smooth)
  }
  for (let index = 0; index < curve.x.length; index += 1) {
    const own = curve.edge[index] ?? 0
    const edge = width === 0 ? own : Math.floor(own / width) * width
    if (open === null || open.entry.edge !== edge) {
      close()
      open = { entry: entryAt(entries, edge), sum: 0, finite: 0, smooth: NaN }
    }
    const { entry } = open
    const [count, odd] = [curve.count[index] ?? 0, curve.odd[index] ?? 0]
    entry.count += count
    entry.odd += odd
    entry.x = Math.max(entry.x, curve.x[index] ?? own)
    if (count > odd) {
      open.sum += (curve.mean[index] ?? 0) * (count - odd)
      open.finite += count - odd
      entry.min = Math.min(entry.min, curve.min[index] ?? Infinity)
      entry.max = Math.max(entry.max, curve.max[index] ?? -Infinity)
    }
    const smooth = curve.smooth?.[index] ?? NaN
    if (Number.isFinite(smooth)) open.smooth = smooth
  }
  close()
}

function entryAt(entries: Map<number, Entry>, edge: number): Entry {
  const found = entries.get(edge)
  if (found !== undefined) return found
  const entry: Entry = { edge, x: -Infinity, values: [], smooth: [], min: Infinity, max: -Infinity, count: 0, odd: 0 }
  entries.set(edge, entry)
  return entry
}

/** NaN of none; the median of an even number lies halfway between the two in the middle. */
function centerOf(values: number[], center: GroupCenter): number {
  if (values.length === 0) return NaN
  if (center === 'mean') return sum(values) / values.length
  const sorted = [...values].sort((one, other) => one - other)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? NaN) + upper) / 2
}

/** Standard deviations are the sample's (n − 1), around the mean also where the middle is the median; of one run 0. */
function bandOf({ values, min, max }: Entry, middle: number, band: GroupBand): [number, number] {
  if (band === 'none' || values.length === 0) return [middle, middle]
  if (band === 'minmax') return [min, max]
  const mean = sum(values) / values.length
  const squares = sum(values.map((value) => (value - mean) ** 2))
  const deviation = values.length === 1 ? 0 : Math.sqrt(squares / (values.length - 1))
  const spread = band === 'std' ? deviation : deviation / Math.sqrt(values.length)
  return [middle - spread, middle + spread]
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
