// Which language a file is in, and how the parts of its grammar look.
import { PLAIN } from './logText'
import type { Look, Piece } from './logText'

export type Language =
  | 'bash' | 'cpp' | 'css' | 'diff' | 'dockerfile' | 'ini' | 'javascript' | 'json' | 'markdown' | 'python' | 'r' | 'sql' | 'typescript' | 'xml' | 'yaml'

const EXTENSIONS: Readonly<Record<Language, readonly string[]>> = {
  bash: ['sh', 'bash', 'zsh'],
  cpp: ['c', 'h', 'cc', 'cpp', 'hpp', 'cu', 'cuh'],
  css: ['css'],
  diff: ['diff', 'patch'],
  dockerfile: ['dockerfile'],
  ini: ['ini', 'cfg', 'conf', 'toml', 'properties'],
  javascript: ['js', 'mjs', 'cjs', 'jsx'],
  json: ['json', 'jsonl', 'ndjson', 'ipynb', 'geojson'],
  markdown: ['md', 'markdown'],
  python: ['py', 'pyi', 'pyw'],
  r: ['r'],
  sql: ['sql'],
  typescript: ['ts', 'tsx', 'mts'],
  xml: ['xml', 'html', 'htm', 'svg', 'xsd'],
  yaml: ['yaml', 'yml'],
}
const BY_EXTENSION = new Map(Object.entries(EXTENSIONS).flatMap(([language, all]) => all.map((each) => [each, language as Language])))
const BY_NAME: ReadonlyMap<string, Language> = new Map([
  ['dockerfile', 'dockerfile'], ['mlmodel', 'yaml'], ['mlproject', 'yaml'], ['pipfile', 'ini'], ['.gitconfig', 'ini'],
])

/** By the name of a file; null when it promises none. */
export function languageOf(path: string): Language | null {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  return BY_NAME.get(name) ?? BY_EXTENSION.get(/\.([^.]+)$/.exec(name)?.[1] ?? '') ?? null
}

/** By the name that a notebook gives its language; most are Python's, and old ones say nothing. */
export function languageNamed(name: string): Language | null {
  const known = name.toLowerCase()
  return known === '' ? 'python' : known in EXTENSIONS ? (known as Language) : null
}

/** Longer texts have no colours, to keep the page quick. */
export const COLORED_LIMIT = 500_000
/** Nor have longer lines: a browser draws thousands of pieces in one line slowly. */
export const COLORED_LINE = 4_000

/** The kinds of parts that are told apart; the place of one is its code in `Tokens`. */
export const KINDS = [
  'comment', 'keyword', 'string', 'number', 'title', 'type', 'attribute', 'meta', 'added', 'removed', 'heading', 'strong', 'emphasis',
] as const
export type Kind = (typeof KINDS)[number]

/** Triples of a start, an end (characters of the text, the last not with it) and a kind's code; in order, and apart. */
export type Tokens = Uint32Array

/** The sixteen colours of terminals, which are readable on the page's ground in either theme. */
const LOOKS: Readonly<Record<Kind, Look>> = {
  comment: { ...PLAIN, color: 8, italic: true },
  keyword: { ...PLAIN, color: 5 },
  string: { ...PLAIN, color: 2 },
  number: { ...PLAIN, color: 3 },
  title: { ...PLAIN, color: 4 },
  type: { ...PLAIN, color: 6 },
  attribute: { ...PLAIN, color: 4 },
  meta: { ...PLAIN, color: 8 },
  added: { ...PLAIN, color: 2 },
  removed: { ...PLAIN, color: 9 },
  heading: { ...PLAIN, color: 4, bold: true },
  strong: { ...PLAIN, bold: true },
  emphasis: { ...PLAIN, italic: true },
}

/** The pieces of any line of a text, given by its lines and the tokens of the whole. */
export function painter(lines: readonly string[], tokens: Tokens): (line: number) => readonly Piece[] {
  const starts: number[] = []
  lines.reduce((at, line) => {
    starts.push(at)
    return at + line.length + 1
  }, 0)
  return (line) => {
    const text = lines[line] ?? ''
    const start = starts[line] ?? 0
    if (text.length > COLORED_LINE) return [{ text, look: PLAIN }]
    const pieces: Piece[] = []
    let at = 0
    for (let each = firstEndingAfter(tokens, start); each < tokens.length; each += 3) {
      const from = Math.max(at, (tokens[each] ?? 0) - start)
      const to = Math.min(text.length, (tokens[each + 1] ?? 0) - start)
      if (from >= text.length) break
      if (from > at) pieces.push({ text: text.slice(at, from), look: PLAIN })
      const kind = KINDS[tokens[each + 2] ?? 0]
      if (to > from) pieces.push({ text: text.slice(from, to), look: kind === undefined ? PLAIN : LOOKS[kind] })
      at = Math.max(from, to)
    }
    if (at < text.length || pieces.length === 0) pieces.push({ text: text.slice(at), look: PLAIN })
    return pieces
  }
}

/** Where the first token is that ends after a character. */
function firstEndingAfter(tokens: Tokens, character: number): number {
  let [low, high] = [0, tokens.length / 3]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[3 * middle + 1] ?? 0) > character) high = middle
    else low = middle + 1
  }
  return 3 * low
}
