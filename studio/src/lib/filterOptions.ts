// What a filter may go on with at a place, and how it is spelt.
import { splitName, unquoted } from './filterTokens'
import type { Field, FieldKind, Place } from './filterTokens'

export interface FilterOption {
  /** What is shown, and what stands beside it. */
  label: string
  note: string
  /** What takes the typed text's place. */
  insert: string
}

/** Names or values that the server is asked for. */
export type Lookup =
  | { of: 'names'; kinds: readonly NamedKind[]; text: string }
  | { of: 'values'; name: string; text: string }

export type NamedKind = 'metric' | 'param' | 'tag'

/** What the server knows for a lookup. */
export interface Found {
  names: readonly { kind: NamedKind; name: string }[]
  values: readonly string[]
}

/** What the field holds after an option was taken, and where the caret stands then. */
export function accept(text: string, place: Place, { insert }: FilterOption): { text: string; caret: number } {
  const rest = text.slice(place.to)
  return { text: text.slice(0, place.from) + insert + (insert.endsWith(' ') ? rest.trimStart() : rest), caret: place.from + insert.length }
}

/** Which option Enter takes unless another is chosen: none where the typed text is whole, or nothing is typed. */
export function firstChoice(place: Place, options: readonly FilterOption[]): number {
  const typed = place.typed.toLowerCase()
  const whole = options.some(({ label, insert }) => [label.toLowerCase(), insert.trim().toLowerCase()].includes(typed))
  return typed === '' || whole || options.length === 0 ? -1 : 0
}

export const NOTHING_FOUND: Found = { names: [], values: [] }

/** So many characters are enough to look for names of all kinds. */
const ENOUGH = 2
const MOST = 60

type Type = 'text' | 'number' | 'time' | 'duration' | 'status'
const ATTRIBUTES: Readonly<Record<string, { type: Type; note: string }>> = {
  status: { type: 'status', note: 'state of the run' },
  run_name: { type: 'text', note: 'name' },
  run_id: { type: 'text', note: 'id' },
  user_id: { type: 'text', note: 'user' },
  start_time: { type: 'time', note: 'start, in ms since 1970' },
  end_time: { type: 'time', note: 'end, in ms since 1970' },
  duration: { type: 'duration', note: 'in ms' },
  artifact_uri: { type: 'text', note: 'where its artifacts are' },
  text: { type: 'text', note: 'name, id, user, description and tags together' },
}
const ALIASES: Readonly<Record<string, string>> = { created: 'start_time', Created: 'start_time', creation_time: 'start_time', 'run name': 'run_name' }
const DATASETS: Readonly<Record<string, string>> = { name: 'dataset’s name', digest: 'dataset’s digest', context: 'what it was used for' }
const PREFIXES: Readonly<Record<string, string>> = {
  'metrics.': 'latest value of a metric', 'params.': 'parameter', 'tags.': 'tag', 'datasets.': 'dataset',
  'max(metrics.': 'largest of a metric', 'min(metrics.': 'least of a metric', 'count(metrics.': 'points of a metric',
}
const STATUSES: Readonly<Record<string, string>> = {
  RUNNING: 'Running', FINISHED: 'Completed', FAILED: 'Failed', KILLED: 'Canceled', SCHEDULED: 'Queued',
}
const OPERATORS: Readonly<Record<string, string>> = {
  '=': 'equal', '!=': 'not equal', '<': 'less', '<=': 'at most', '>': 'greater', '>=': 'at least',
  LIKE: '% is any text', ILIKE: 'like, and upper case equals lower case', REGEXP: 'regular expression',
  'NOT LIKE': '', 'NOT ILIKE': '', 'NOT REGEXP': '',
  'IN (': 'one of a list', 'NOT IN (': 'none of a list', BETWEEN: 'low AND high', 'NOT BETWEEN': '',
  'IS NULL': 'has none', 'IS NOT NULL': 'has one',
}
const NUMERIC = ['<', '<=', '>', '>=', '=', '!=', 'BETWEEN', 'NOT BETWEEN', 'IN (', 'NOT IN (', 'IS NULL', 'IS NOT NULL']
const TEXTUAL = ['=', '!=', 'LIKE', 'ILIKE', 'IN (', 'NOT IN (', 'NOT LIKE', 'NOT ILIKE', 'REGEXP', 'NOT REGEXP', 'IS NULL', 'IS NOT NULL']
const HOUR = 3_600_000
const TIMES: Readonly<Record<string, number>> = { 'an hour ago': HOUR, 'a day ago': 24 * HOUR, '7 days ago': 168 * HOUR, '30 days ago': 720 * HOUR }
const DURATIONS: Readonly<Record<string, number>> = { 'a minute': 60_000, 'ten minutes': 600_000, 'an hour': HOUR, 'a day': 24 * HOUR }

/** What to ask the server for before the options of a place are known. */
export function lookupAt(place: Place): Lookup | null {
  const { expected, typed, field } = place
  if (expected === 'name' || expected === 'metric' || expected === 'connective') {
    const named = splitName(typed)
    if (named !== null) return isNamed(named.kind) ? { of: 'names', kinds: [named.kind], text: named.key } : null
    if (expected === 'connective' || typed.length < ENOUGH) return null
    return { of: 'names', kinds: expected === 'metric' ? ['metric'] : ['metric', 'param', 'tag'], text: unquoted(typed) }
  }
  if (!isValue(place) || field === null || typeOf(field) !== 'text') return null
  if (field.kind === 'dataset' || (field.kind === 'attribute' && !['user_id', 'run_name'].includes(canonical(field)))) return null
  return { of: 'values', name: spelt(field), text: unquoted(typed) }
}

/** The options of a place, those that begin with what is typed first. */
export function optionsAt(place: Place, found: Found, now: number): FilterOption[] {
  return all(place, found, now).slice(0, MOST)
}

function all(place: Place, found: Found, now: number): FilterOption[] {
  const { expected, typed, field, depth } = place
  switch (expected) {
    case 'name':
    case 'metric':
      return nameOptions(typed, found, expected === 'metric')
    case 'close':
      return matching([option(')', '')], typed)
    case 'operator': {
      const operators = field !== null && isNumeric(field) ? NUMERIC : TEXTUAL
      return matching(operators.map((each) => option(each, OPERATORS[each] ?? '')), typed)
    }
    case 'negated':
      return matching((field !== null && isNumeric(field) ? ['BETWEEN', 'IN ('] : ['LIKE', 'ILIKE', 'IN (', 'REGEXP']).map((each) => option(each, '')), typed)
    case 'null':
      return matching([option('NULL', ''), option('NOT NULL', '')], typed)
    case 'open list':
      return matching([option('(', 'begins the list')], typed)
    case 'list next':
      return matching([option(',', 'one more'), option(')', 'ends the list')], typed)
    case 'between':
      return matching([option('AND', '')], typed)
    case 'connective': {
      const connectives = [option('AND', 'both'), option('OR', 'either'), ...(depth > 0 ? [option(')', 'ends the group')] : [])]
      // AND may be left out, so a name may begin here, too.
      return [...matching(connectives, typed), ...(splitName(typed) === null ? [] : nameOptions(typed, found, false))]
    }
    case 'value':
    case 'list value':
    case 'low':
      return valueOptions(field, typed, found, now)
  }
}

function nameOptions(typed: string, found: Found, metricsOnly: boolean): FilterOption[] {
  const named = splitName(typed)
  const names = known(found.names, ({ name }) => name, named?.key ?? unquoted(typed)).map(({ kind, name }) =>
    option(`${kind}s.${name}`, NOTES[kind], `${kind}s.${quotedKey(name)}`),
  )
  if (named?.kind === 'attribute') return matching(attributes('attributes.'), `attributes.${named.key}`)
  if (named?.kind === 'dataset') return matching(Object.entries(DATASETS).map(([key, note]) => option(`datasets.${key}`, note)), `datasets.${named.key}`)
  if (named !== null) return names
  if (metricsOnly) return [...matching([{ label: 'metrics.', note: '', insert: 'metrics.' }], typed), ...names]
  const prefixes = Object.entries(PREFIXES).map(([label, note]) => ({ label, note, insert: label }))
  const words = [...prefixes.slice(0, 3), ...attributes(''), ...prefixes.slice(3), option('NOT', 'what does not match')]
  return [...matching(words, unquoted(typed)), ...names]
}

const NOTES: Readonly<Record<NamedKind, string>> = { metric: 'metric', param: 'parameter', tag: 'tag' }

function attributes(prefix: string): FilterOption[] {
  return Object.entries(ATTRIBUTES).map(([key, { note }]) => option(prefix + key, note))
}

function valueOptions(field: Field | null, typed: string, found: Found, now: number): FilterOption[] {
  if (field === null) return []
  const type = typeOf(field)
  const text = unquoted(typed)
  if (type === 'status') return matching(Object.entries(STATUSES).map(([value, note]) => option(value, note, quotedValue(value))), text)
  if (type === 'time') return matching(Object.entries(TIMES).map(([label, ago]) => option(label, '', String(now - ago))), typed)
  if (type === 'duration') return matching(Object.entries(DURATIONS).map(([label, length]) => option(label, `${length} ms`, String(length))), typed)
  return known(found.values, (value) => value, text).map((value) => option(value === '' ? 'empty' : value, '', quotedValue(value)))
}

function option(label: string, note: string, insert = label): FilterOption {
  return { label, note, insert: insert.endsWith('(') ? insert : `${insert} ` }
}

function matching(options: readonly FilterOption[], typed: string): FilterOption[] {
  return known(options, ({ label }) => label, typed)
}

/** Those that contain what is typed; those that begin with it first. The server's answer may be to an earlier text. */
function known<T>(all: readonly T[], name: (one: T) => string, typed: string): T[] {
  const wanted = typed.toLowerCase()
  const places = all.map((each) => ({ each, at: name(each).toLowerCase().indexOf(wanted) }))
  return [...places.filter(({ at }) => at === 0), ...places.filter(({ at }) => at > 0)].map(({ each }) => each)
}

function isNamed(kind: FieldKind): kind is NamedKind {
  return kind === 'metric' || kind === 'param' || kind === 'tag'
}

function isValue({ expected }: Place): boolean {
  return expected === 'value' || expected === 'list value' || expected === 'low'
}

function canonical({ key }: Field): string {
  return ALIASES[key] ?? key
}

function typeOf(field: Field): Type {
  if (field.kind === 'metric') return 'number'
  return field.kind === 'attribute' ? (ATTRIBUTES[canonical(field)]?.type ?? 'text') : 'text'
}

function isNumeric(field: Field): boolean {
  return ['number', 'time', 'duration'].includes(typeOf(field))
}

function spelt(field: Field): string {
  return field.kind === 'attribute' ? canonical(field) : `${field.kind}s.${quotedKey(field.key)}`
}

/** A key as it stands behind `metrics.`: in quotes where the language asks for them. */
export function quotedKey(key: string): string {
  if (/^[\p{L}\p{N}_./:-]+$/u.test(key)) return key
  return key.includes('`') ? `"${key}"` : `\`${key}\``
}

/** A text as a value: in single quotes, which know no escapes, or as `E'…'`. */
export function quotedValue(value: string): string {
  return /['\\]/.test(value) ? `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'` : `'${value}'`
}
