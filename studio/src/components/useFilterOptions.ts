import { useQueries } from '@tanstack/react-query'
import { namesQuery, valuesQuery } from '../api/queries'
import { literally } from '../lib/patterns'
import { lookupAt, optionsAt } from '../lib/filterOptions'
import type { FilterOption, Found, Lookup, NamedKind } from '../lib/filterOptions'
import type { Place } from '../lib/filterTokens'
import { useDelayed } from './useDelayed'

const LIMIT = 50
const DELAY = 120

/** What a filter may go on with at a place; names and values come from the server as one types. */
export function useFilterOptions(place: Place | null, experiments: readonly string[]): FilterOption[] {
  const lookup = useSettledLookup(place === null ? null : lookupAt(place))
  const found = useQueries({ queries: queries(lookup, experiments), combine: (answers) => answers.map(({ data }) => data?.names ?? []) })
  return place === null ? [] : optionsAt(place, asFound(lookup, found), Date.now())
}

function queries(lookup: Lookup | null, experiments: readonly string[]) {
  if (lookup === null) return []
  if (lookup.of === 'values') return [valuesQuery(lookup.name, lookup.text, LIMIT)]
  return lookup.kinds.map((kind) => namesQuery(kind, experiments, literally(lookup.text), LIMIT))
}

function asFound(lookup: Lookup | null, answers: readonly (readonly string[])[]): Found {
  if (lookup?.of === 'values') return { names: [], values: answers[0] ?? [] }
  const kinds: readonly NamedKind[] = lookup?.kinds ?? []
  return { names: kinds.flatMap((kind, index) => (answers[index] ?? []).map((name) => ({ kind, name }))), values: [] }
}

/** A lookup once it has not changed for a moment; another name's values are never shown in the meantime. */
function useSettledLookup(lookup: Lookup | null): Lookup | null {
  const asked = JSON.parse(useDelayed(JSON.stringify(lookup), DELAY)) as Lookup | null
  return sameSubject(asked, lookup) ? asked : lookup
}

function sameSubject(one: Lookup | null, other: Lookup | null): boolean {
  const subject = (lookup: Lookup | null) => JSON.stringify({ ...lookup, text: '' })
  return subject(one) === subject(other)
}
