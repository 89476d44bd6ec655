// Kinds of smoothing, and how they stand in links.

export type SmoothingKind = 'ema' | 'mean' | 'gaussian'

/** An amount of 0 is none. */
export interface Smoothing {
  kind: SmoothingKind
  amount: number
}

interface Scale {
  title: string
  /** What the amount is, for a reader. */
  unit: string
  max: number
  step: number
}

/** Amounts as the slider has them; what they mean is the server's, see its module smoothing.py. */
export const SMOOTHING: Readonly<Record<SmoothingKind, Scale>> = {
  ema: { title: 'EMA', unit: 'exponential average: weight of the past', max: 0.99, step: 0.01 },
  mean: { title: 'Mean', unit: 'running mean: points in the window', max: 401, step: 2 },
  gaussian: { title: 'Gaussian', unit: 'Gaussian: standard deviation in points', max: 200, step: 1 },
}

export const NO_SMOOTHING: Smoothing = { kind: 'ema', amount: 0 }

/** An amount that the kind can have: 0 for none, and for windows an odd number of points from 3 on. */
export function amountOf(kind: SmoothingKind, wanted: number): number {
  const { max } = SMOOTHING[kind]
  if (!(wanted > 0) || wanted > max) return 0
  if (kind !== 'mean') return wanted
  return wanted < 3 ? 0 : 2 * Math.floor(wanted / 2) + 1
}

/** `0.6` is an exponential average, as in links of old; others name their kind: `mean~21`. */
export function readSmoothing(text: string | null): Smoothing {
  const match = /^(?:(mean|gaussian)~)?([0-9.]+)$/.exec(text ?? '')
  if (match === null) return NO_SMOOTHING
  const kind = (match[1] ?? 'ema') as SmoothingKind
  return { kind, amount: amountOf(kind, Number(match[2])) }
}

export function writeSmoothing({ kind, amount }: Smoothing): string {
  if (kind === 'ema') return amount > 0 ? String(amount) : ''
  return `${kind}~${amount}`
}
