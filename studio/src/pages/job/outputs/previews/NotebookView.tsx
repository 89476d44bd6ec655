import { useMemo } from 'react'
import Markdown from '../../../../components/Markdown'
import { State } from '../../../../components/states'
import { colored, logLines } from '../../../../lib/logText'
import type { Piece } from '../../../../lib/logText'
import { readNotebook } from '../../../../lib/notebook'
import type { Cell, CellOutput, Notebook } from '../../../../lib/notebook'
import { languageNamed, painter } from '../../../../lib/syntax'
import type { Tokens } from '../../../../lib/syntax'
import { ansiStyle } from '../ansi'
import { Loading } from '../Loading'
import { useTokens } from '../useTokens'
import type { RichProps } from './kinds'
import { useAllText } from './useAllText'

/** Characters of one output that are shown. */
const LONGEST = 50_000

/** A notebook as it was saved: nothing of it runs here. */
export default function NotebookView({ runId, path, size }: RichProps) {
  const { text, note, problem } = useAllText(runId, path, size)
  const notebook = useMemo(() => (text === undefined ? undefined : parse(text)), [text])
  const sources = useMemo(() => notebook?.cells.map(({ kind, source }) => (kind === 'code' ? source : '')) ?? [], [notebook])
  const tokens = useTokens(languageNamed(notebook?.language ?? ''), sources)
  if (problem !== null) return problem
  if (notebook === undefined) return <Loading />
  if (notebook === null) {
    return (
      <State small title="This is no notebook">
        <p className="muted">Its text is under Text.</p>
      </State>
    )
  }
  return (
    <>
      {note}
      <div className="preview-page notebook" tabIndex={0} role="region" aria-label="Notebook">
        {notebook.cells.map((cell, index) => (
          <CellView key={index} cell={cell} tokens={tokens[index]} />
        ))}
        {notebook.cells.length === 0 && <p className="muted">This notebook has no cells.</p>}
      </div>
    </>
  )
}

function parse(text: string): Notebook | null {
  try {
    return readNotebook(JSON.parse(text))
  } catch {
    return null
  }
}

interface CellViewProps {
  cell: Cell
  /** What colours its source. */
  tokens: Tokens | undefined
}

function CellView({ cell: { kind, source, count, outputs }, tokens }: CellViewProps) {
  if (kind === 'markdown') {
    return (
      <section className="cell">
        <span />
        <Markdown text={source} />
      </section>
    )
  }
  return (
    <section className="cell">
      <span className="cell-count muted mono">{kind === 'code' && `[${count ?? ' '}]`}</span>
      <div className="cell-body">
        {source !== '' && <pre className="cell-source mono">{tokens === undefined ? source : <Lines lines={sourceLines(source, tokens)} />}</pre>}
        {outputs.map((output, index) => (
          <Output key={index} output={output} />
        ))}
      </div>
    </section>
  )
}

function Output({ output }: { output: CellOutput }) {
  if (output.kind === 'image') return <img className="cell-image" src={output.url} alt="Output" />
  if (output.kind === 'markdown') return <Markdown text={output.text} />
  if (output.kind === 'html') {
    return (
      // Without scripts, and in an origin of its own; a row of a table is about 22 pixels high.
      <iframe className="cell-frame" sandbox="" srcDoc={framed(output.html)} title="Output" style={{ height: frameHeight(output.html) }} />
    )
  }
  const cut = output.text.length > LONGEST
  return (
    <pre className={output.wrong ? 'cell-text cell-wrong mono' : 'cell-text mono'}>
      <Lines lines={colored(logLines(output.text.slice(0, LONGEST)))} />
      {cut && <span className="muted">… this output is longer than a page shows</span>}
    </pre>
  )
}

function sourceLines(source: string, tokens: Tokens): (readonly Piece[])[] {
  const lines = logLines(source)
  const line = painter(lines, tokens)
  return lines.map((_, index) => line(index))
}

function Lines({ lines }: { lines: readonly (readonly Piece[])[] }) {
  return lines.map((pieces, line) => (
    <span key={line}>
      {pieces.map(({ text, look }, index) => (
        <span key={index} style={ansiStyle(look)}>
          {text}
        </span>
      ))}
      {'\n'}
    </span>
  ))
}

function framed(html: string): string {
  return `<!doctype html><meta charset="utf-8"><style>body{margin:8px;background:#fff;color:#242424;font:13px sans-serif}table{border-collapse:collapse}th,td{padding:2px 8px;border:1px solid #e0e0e0;text-align:right}</style>${html}`
}

function frameHeight(html: string): number {
  const rows = html.match(/<tr\b/g)?.length ?? 0
  return rows === 0 ? 160 : Math.min(480, 32 + 24 * rows)
}
