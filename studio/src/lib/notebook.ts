// Reads a Jupyter notebook (nbformat 4; https://nbformat.readthedocs.io) as far as a page shows it.
import { asList, asObject } from './shape'

export type CellOutput =
  | { kind: 'text'; text: string; wrong: boolean }
  | { kind: 'image'; url: string }
  | { kind: 'html'; html: string }
  | { kind: 'markdown'; text: string }

export interface Cell {
  kind: 'markdown' | 'code' | 'raw'
  source: string
  /** The number in which order it ran. */
  count: number | null
  outputs: CellOutput[]
}

export interface Notebook {
  cells: Cell[]
  language: string
}

const IMAGES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const

/** The notebook in a JSON document; null when it is none. */
export function readNotebook(document: unknown): Notebook | null {
  const notebook = asObject(document)
  const cells = notebook && asList(notebook['cells'])
  if (!notebook || cells === null) return null
  const language = asObject(asObject(notebook['metadata'])?.['language_info'])?.['name']
  return { cells: cells.flatMap(readCell), language: typeof language === 'string' ? language : '' }
}

function readCell(value: unknown): Cell[] {
  const cell = asObject(value)
  if (cell === null) return []
  const kind = cell['cell_type']
  const count = cell['execution_count']
  return [{
    kind: kind === 'markdown' || kind === 'code' ? kind : 'raw',
    source: joined(cell['source']),
    count: typeof count === 'number' ? count : null,
    outputs: (asList(cell['outputs']) ?? []).flatMap(readOutput),
  }]
}

/** The richest form of an output that a page can show safely: a picture, a table, text. */
function readOutput(value: unknown): CellOutput[] {
  const output = asObject(value)
  if (output === null) return []
  if (output['output_type'] === 'stream') return [{ kind: 'text', text: joined(output['text']), wrong: output['name'] === 'stderr' }]
  if (output['output_type'] === 'error') {
    const trace = joined((asList(output['traceback']) ?? []).map((line) => `${String(line)}\n`))
    return [{ kind: 'text', text: trace === '' ? `${joined(output['ename'])}: ${joined(output['evalue'])}` : trace, wrong: true }]
  }
  const data = asObject(output['data'])
  if (data === null) return []
  for (const type of IMAGES) {
    if (type in data) return [{ kind: 'image', url: `data:${type};base64,${joined(data[type]).replace(/\s/g, '')}` }]
  }
  if ('image/svg+xml' in data) return [{ kind: 'image', url: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(joined(data['image/svg+xml']))}` }]
  if ('text/html' in data) return [{ kind: 'html', html: joined(data['text/html']) }]
  if ('text/markdown' in data) return [{ kind: 'markdown', text: joined(data['text/markdown']) }]
  return 'text/plain' in data ? [{ kind: 'text', text: joined(data['text/plain']), wrong: false }] : []
}

/** Text is written as one string or as a list of its lines. */
function joined(value: unknown): string {
  if (typeof value === 'string') return value
  return (asList(value) ?? []).filter((line) => typeof line === 'string').join('')
}
