// Names of metrics, parameters and tags that match what somebody types.
import { useQuery } from '@tanstack/react-query'
import { namesQuery } from '../../api/queries'
import { ATTRIBUTES } from '../../lib/columns'
import type { Column, MetricValue } from '../../lib/columns'

const LIMIT = 200

export type ColumnKind = Column['kind']

/** Columns of some kinds by a regular expression, looked up on the server: there may be more than a page should hold. */
export function useColumnNames(kinds: readonly ColumnKind[], experiments: readonly string[], regex: string, value: MetricValue = 'latest') {
  const metrics = useQuery({ ...namesQuery('metric', experiments, regex, LIMIT), enabled: kinds.includes('metric') })
  const params = useQuery({ ...namesQuery('param', experiments, regex, LIMIT), enabled: kinds.includes('param') })
  const tags = useQuery({ ...namesQuery('tag', experiments, regex, LIMIT), enabled: kinds.includes('tag') })
  const asked = [
    ...(kinds.includes('metric') ? [metrics] : []),
    ...(kinds.includes('param') ? [params] : []),
    ...(kinds.includes('tag') ? [tags] : []),
  ]
  const named = (kind: ColumnKind, names: readonly string[] = []): Column[] => {
    if (!kinds.includes(kind)) return []
    return names.map((name) => (kind === 'metric' ? { kind, name, value } : { kind, name }))
  }
  const fields = Object.keys(ATTRIBUTES).filter((name) => contains(ATTRIBUTES[name]?.title ?? name, regex))
  return {
    found: [
      ...named('attribute', fields),
      ...named('metric', metrics.data?.names),
      ...named('param', params.data?.names),
      ...named('tag', tags.data?.names),
    ],
    more: asked.some(({ data }) => data?.more === true),
    pending: asked.some(({ isPending }) => isPending),
    // The field is the one that the reader types in; the rule is what the server says behind its name.
    error: asked.find(({ error }) => error !== null)?.error?.message.replace(/^Invalid value for parameter 'regex': /, ''),
  }
}

/** Whether a text matches; one that is no regular expression matches nothing, and the server says why. */
export function contains(text: string, regex: string): boolean {
  try {
    return new RegExp(regex, 'i').test(text)
  } catch {
    return false
  }
}
