// How runs are drawn as groups, and how that stands in links: `params.lr`, `attributes.user`, `tags.team~median~minmax`.

export type GroupCenter = 'mean' | 'median'
export type GroupBand = 'std' | 'stderr' | 'minmax' | 'none'
export type GroupKind = 'attribute' | 'param' | 'tag'

/** Runs with the same value of a parameter, a tag or a field of theirs are one group. */
export interface Grouping {
  kind: GroupKind
  name: string
  center: GroupCenter
  band: GroupBand
}

export const CENTERS: Readonly<Record<GroupCenter, string>> = { mean: 'Mean', median: 'Median' }
export const BANDS: Readonly<Record<GroupBand, string>> = {
  std: 'standard deviation',
  stderr: 'standard error',
  minmax: 'minimum to maximum',
  none: 'no band',
}

export const USUAL_SHAPE = { center: 'mean', band: 'std' } as const

export function readGrouping(text: string | null): Grouping | null {
  const match = /^(attribute|param|tag)s\.(.+?)(?:~(mean|median))?(?:~(std|stderr|minmax|none))?$/s.exec(text ?? '')
  if (match?.[2] === undefined) return null
  return {
    kind: match[1] as GroupKind,
    name: match[2],
    center: (match[3] ?? 'mean') as GroupCenter,
    band: (match[4] ?? 'std') as GroupBand,
  }
}

export function writeGrouping({ kind, name, center, band }: Grouping): string {
  // Both are written, so that a name that ends like one of them stays a name.
  return `${kind}s.${name}~${center}~${band}`
}
