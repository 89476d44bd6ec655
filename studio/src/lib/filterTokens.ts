// Reads MLflow's filter language as far as a field needs it: what stands where, and what may follow. The server's
// grammar (docs/reference/search.md) is the judge; this one forgives what is still being typed.

export type TokenKind = 'word' | 'name' | 'string' | 'quoted' | 'number' | 'operator' | 'punctuation' | 'open'

export interface Token {
  kind: TokenKind
  text: string
  start: number
  end: number
}

export type FieldKind = 'metric' | 'param' | 'tag' | 'attribute' | 'dataset'

/** What a comparison looks at. */
export interface Field {
  kind: FieldKind
  key: string
}

/** What may stand at a place. */
export type Expected =
  | 'name'
  /** Within `max(…)`. */
  | 'metric'
  | 'close'
  | 'operator'
  /** Behind NOT within a comparison. */
  | 'negated'
  | 'value'
  | 'null'
  | 'open list'
  | 'list value'
  | 'list next'
  | 'low'
  | 'between'
  | 'connective'

export interface Place {
  expected: Expected
  /** The token that is being typed at the caret, and where it stands. */
  typed: string
  from: number
  to: number
  field: Field | null
  /** Of open parentheses. */
  depth: number
}

const KEY = String.raw`[\p{L}\p{N}_./:-]`
const TOKEN = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<name>[\p{L}_][\p{L}\p{N}_]*\.(?:'(?:''|\\'|[^'])*'|"(?:""|\\"|[^"])*"|\x60[^\x60]*\x60|${KEY}+))`,
    String.raw`(?<halfname>[\p{L}_][\p{L}\p{N}_]*\.(?:['"\x60][^]*|(?!\S)|(?=[(),=<>!])))`,
    String.raw`(?<escaped>[eE]'(?:\\[^]|[^'\\])*')`,
    String.raw`(?<number>-?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|inf(?:inity)?)(?![\p{L}\p{N}_]))`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_]*)`,
    String.raw`(?<string>'(?:''|\\'|[^'])*')`,
    String.raw`(?<quoted>"(?:""|\\"|[^"])*"|\x60[^\x60]*\x60)`,
    String.raw`(?<operator><=|>=|!=|<>|==|=|<|>)`,
    String.raw`(?<punctuation>[(),])`,
    // A quote that is not closed yet, or a character that nothing begins with.
    String.raw`(?<open>[eE]?['"\x60][^]*|[^])`,
  ].join('|'),
  'uy',
)

export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
    const start = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (match === null) break
    const groups = match.groups as Record<string, string | undefined> | undefined
    const group = Object.entries(groups ?? {}).find(([, found]) => found !== undefined)?.[0]
    if (group !== 'space') tokens.push({ kind: kindOf(group), text: match[0], start, end: start + match[0].length })
  }
  return tokens
}

function kindOf(group: string | undefined): TokenKind {
  if (group === 'escaped') return 'string'
  return group === undefined || group === 'halfname' ? 'open' : (group as TokenKind)
}

const PREFIXES: Readonly<Record<string, FieldKind>> = {
  metric: 'metric', metrics: 'metric',
  param: 'param', params: 'param', parameter: 'param', parameters: 'param',
  tag: 'tag', tags: 'tag',
  attribute: 'attribute', attributes: 'attribute', attr: 'attribute', run: 'attribute',
  dataset: 'dataset', datasets: 'dataset',
}

/** `metrics.lo`, also half typed, as the kind and the key without its quotes; null for other prefixes and for none. */
export function splitName(text: string): Field | null {
  const match = /^([\p{L}_][\p{L}\p{N}_]*)\.(.*)$/su.exec(text)
  const kind = PREFIXES[match?.[1] ?? '']
  const key = match?.[2]
  return kind === undefined || key === undefined ? null : { kind, key: unquoted(key) }
}

export function unquoted(text: string): string {
  const quote = text[0]
  if (quote === undefined || !'\'"`'.includes(quote)) return text
  return text.length > 1 && text.endsWith(quote) ? text.slice(1, -1) : text.slice(1)
}

/** What was read up to a place. */
interface Reading {
  expected: Expected
  field: Field | null
  depth: number
  aggregate: boolean
}

const START: Reading = { expected: 'name', field: null, depth: 0, aggregate: false }
const AGGREGATES = ['min', 'max', 'count']
const VALUES: readonly TokenKind[] = ['string', 'quoted', 'number']

/** The reading behind a token; null where that can't stand. */
function step(reading: Reading, token: Token): Reading | null {
  const { expected, depth } = reading
  const word = token.kind === 'word' ? token.text.toUpperCase() : ''
  const to = (next: Expected, change: Partial<Reading> = {}): Reading => ({ ...reading, expected: next, ...change })
  switch (expected) {
    case 'name':
      if (word === 'AND' || word === 'NOT') return to('name')
      if (token.text === '(') return to(reading.aggregate ? 'metric' : 'name', reading.aggregate ? {} : { depth: depth + 1 })
      return named(token, to)
    case 'metric':
      return splitName(token.text)?.kind === 'metric' ? to('close', { field: splitName(token.text) }) : null
    case 'close':
      return token.text === ')' ? to('operator', { aggregate: false }) : null
    case 'operator':
      // `max` was an attribute's name after all, unless a parenthesis follows.
      if (token.text === '(' && reading.aggregate) return to('metric')
      if (token.kind === 'operator') return to('value')
      if (word === 'IS') return to('null')
      if (word === 'NOT') return to('negated')
      return pattern(word, to)
    case 'negated':
      return pattern(word, to)
    case 'null':
      return word === 'NULL' ? to('connective') : word === 'NOT' ? to('null') : null
    case 'value':
      return VALUES.includes(token.kind) ? to('connective') : null
    case 'open list':
      return token.text === '(' ? to('list value') : null
    case 'list value':
      return VALUES.includes(token.kind) ? to('list next') : token.text === ')' ? to('connective') : null
    case 'list next':
      return token.text === ',' ? to('list value') : token.text === ')' ? to('connective') : null
    case 'low':
      return VALUES.includes(token.kind) ? to('between') : null
    case 'between':
      return word === 'AND' ? to('value') : null
    case 'connective':
      if (word === 'AND' || word === 'OR') return to('name')
      if (token.text === ')' && depth > 0) return to('connective', { depth: depth - 1 })
      // AND may be left out.
      return step(to('name', { aggregate: false }), token)
  }
}

function named(token: Token, to: (next: Expected, change: Partial<Reading>) => Reading): Reading | null {
  if (token.kind === 'name') return to('operator', { field: splitName(token.text), aggregate: false })
  if (token.kind !== 'word' && token.kind !== 'quoted') return null
  return to('operator', { field: { kind: 'attribute', key: unquoted(token.text) }, aggregate: AGGREGATES.includes(token.text) })
}

function pattern(word: string, to: (next: Expected) => Reading): Reading | null {
  if (word === 'IN') return to('open list')
  if (word === 'BETWEEN') return to('low')
  return ['LIKE', 'ILIKE', 'REGEXP'].includes(word) ? to('value') : null
}

/** What may stand at the caret; null where something before it is wrong. */
export function placeAt(text: string, caret: number): Place | null {
  let reading = START
  for (const token of tokenize(text)) {
    if (token.start >= caret) break
    const beingTyped = caret <= token.end && token.kind !== 'operator' && token.kind !== 'punctuation'
    if (beingTyped) return place(reading, text.slice(token.start, caret), token.start, token.kind === 'open' ? caret : token.end)
    const next = step(reading, token)
    if (next === null) return null
    reading = next
  }
  return place(reading, '', caret, caret)
}

function place({ expected, field, depth }: Reading, typed: string, from: number, to: number): Place {
  return { expected, field, depth, typed, from, to }
}

/** Whether a filter can be asked for, is not finished, or has something that can't stand there. */
export function completeness(text: string): 'complete' | 'unfinished' | 'wrong' {
  let reading = START
  for (const token of tokenize(text)) {
    if (token.kind === 'open') return token.text.length > 1 ? 'unfinished' : 'wrong'
    const next = step(reading, token)
    if (next === null) return 'wrong'
    reading = next
  }
  return reading.expected === 'connective' && reading.depth === 0 ? 'complete' : 'unfinished'
}
