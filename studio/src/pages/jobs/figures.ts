// What is said of a metric over the runs of a group.
import type { Figures } from '../../api/types'
import { fullNumber, plural } from '../../lib/format'

export function figuresTitle({ mean, std, min, max, count, not_finite: odd }: Figures, runs: number): string {
  const lines = [
    ...(mean === null ? [] : [`Mean ${fullNumber(mean)}`]),
    ...(std === null ? [] : [`Standard deviation ${fullNumber(std)} (n − 1)`]),
    ...(min === null || max === null ? [] : [`Minimum ${fullNumber(min)}`, `Maximum ${fullNumber(max)}`]),
    `Of ${count} of ${plural(runs, 'run')}`,
    ...(odd === 0 ? [] : [`${plural(odd, 'run')} left out: NaN or infinite`]),
  ]
  return lines.join('\n')
}
