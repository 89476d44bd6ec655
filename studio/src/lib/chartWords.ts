// What a chart says of itself.
import type { Curve } from '../api/series'
import { formatCount, plural } from './format'
import { BANDS } from './grouping'
import type { Grouping } from './grouping'

/** "all 1,204 points", "min to max of 1,000,000 points in 1,000 buckets", and what is not seen. */
export function chartCaption(curves: readonly Curve[], zoomed: boolean, grouping: Grouping | null = null): string {
  const where = zoomed ? ' in this range' : ''
  const total = plural(curves.reduce((sum, curve) => sum + curve.total, 0), 'point')
  const bucketed = curves.filter(({ raw }) => !raw)
  const buckets = formatCount(Math.max(0, ...bucketed.map(({ x }) => x.length)))
  const several = curves.length > 1
  const parts = []
  if (grouping !== null) {
    const band = grouping.band === 'minmax' ? 'min to max' : BANDS[grouping.band]
    parts.push(plural(curves.length, 'group'), `${grouping.center} and ${band} of ${total}${where}, ≤ ${buckets} places`)
  } else {
    if (several) parts.push(`${formatCount(curves.length)} curves`)
    if (bucketed.length === 0) parts.push(`all ${total}${where}`)
    else parts.push(`min to max of ${total}${where}${several ? `, ≤ ${buckets}` : ` in ${buckets}`} buckets`)
  }
  const nonFinite = curves.reduce((sum, curve) => sum + curve.nonFinite, 0)
  if (nonFinite > 0) parts.push(`${formatCount(nonFinite)} NaN or infinite`)
  return parts.join(' · ')
}

/** Why a chart with curves has nothing to show. */
export function emptyReason(curves: readonly Curve[], log: boolean, zoomed: boolean): string {
  const total = curves.reduce((sum, curve) => sum + curve.total, 0)
  const nonFinite = curves.reduce((sum, curve) => sum + curve.nonFinite, 0)
  if (total === 0) return zoomed ? 'No points in this range' : 'No points yet'
  if (nonFinite >= total) {
    return total === 1 ? 'The only value is NaN or infinite' : `All ${plural(total, 'value')} are NaN or infinite`
  }
  return log ? 'No positive values to show on a logarithmic axis' : 'Nothing to draw'
}
