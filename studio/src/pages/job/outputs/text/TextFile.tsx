import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { linesQuery, readAll, textQuery } from '../../../../api/artifact'
import { CopyButton } from '../../../../components/CopyButton'
import { ErrorState } from '../../../../components/states'
import { encodingNote } from '../../../../lib/encoding'
import type { Encoding } from '../../../../lib/encoding'
import { formatBytes, formatCount, plural } from '../../../../lib/format'
import { occurrences } from '../../../../lib/lineMarks'
import { lineText, textSource } from '../../../../lib/lineText'
import type { LineSource } from '../../../../lib/lineText'
import { pickLine } from '../../../../lib/outputsState'
import { isLog, TEXT_LIMIT } from '../../../../lib/preview'
import { languageOf } from '../../../../lib/syntax'
import { Loading, NoPreview } from '../Loading'
import { useOutputsView } from '../useOutputsView'
import { useTokens } from '../useTokens'
import { LineToolbar } from './LineToolbar'
import { LineView } from './LineView'
import { useBlocks } from './useBlocks'
import { useFind } from './useFind'

/** What is copied at once at most. */
const COPY_LIMIT = 5_000_000
const MOST_COPIED_LINES = 2_000

interface TextFileProps {
  runId: string
  path: string
  size: number | null
}

/** Text of any size: a short file whole, a long one in pieces around what is on screen. */
export default function TextFile({ runId, path, size }: TextFileProps) {
  const long = size !== null && size > TEXT_LIMIT
  const index = useQuery({ ...linesQuery(runId, path, size), enabled: long })
  const text = useQuery({ ...textQuery(runId, path, size), enabled: !long || index.data === undefined })
  const { data } = text
  const encoding = data?.encoding ?? 'utf-8'
  // Lines are counted by their bytes, of which UTF-16 has two where others have one: of a long file the beginning is shown.
  const wide = encoding.startsWith('utf-16')
  const counted = long && !wide ? index.data : undefined
  const texts = useMemo(() => (data?.text == null ? [] : [data.text]), [data])
  const [tokens] = useTokens(long ? null : languageOf(path), texts)
  const here = useMemo(() => (data?.text == null ? null : textSource(data.text, data.cut !== 'start', tokens)), [data, tokens])
  const { refetch: recount } = index
  const blocks = useBlocks(runId, path, encoding, counted, useCallback(() => void recount(), [recount]))
  if (data?.text === null) return <NoPreview />
  const failed = counted === undefined && data === undefined ? text : counted === undefined && index.isError ? index : null
  if (failed?.isError === true) {
    return <ErrorState small what="The file could not be read" error={failed.error} retry={() => void failed.refetch()} />
  }
  const source = blocks?.source ?? here
  if (source === null) return <Loading />
  // One tree, whatever the lines come from: what is typed into the search stays there while they are counted.
  return (
    <>
      {blocks !== null && blocks.failed !== null && <ErrorState small what="A part of the file could not be read" error={blocks.failed} retry={blocks.retry} />}
      <Lines
        runId={runId} path={path} source={source} size={counted?.size ?? size ?? 0} encoding={encoding}
        part={blocks !== null || !long ? null : wide ? 'shown' : 'counting'} want={blocks?.want}
      />
    </>
  )
}

interface LinesProps {
  runId: string
  path: string
  source: LineSource
  size: number
  encoding: Encoding
  /** Of a long file only one end is here, at least until its lines are counted. */
  part: 'counting' | 'shown' | null
  want: ((from: number, to: number) => void) | undefined
}

function Lines({ runId, path, source, size, encoding, part, want }: LinesProps) {
  const [view, change] = useOutputsView()
  const { find, matchCase, expression, line } = view
  const result = useFind({ runId, path, text: find, matchCase, expression, encoding }, size)
  const found = result.state?.found
  const marks = useCallback(
    (number: number, text: string) => {
      if (!expression) return occurrences(text, find, matchCase)
      const span = found?.spans.get(number)
      return span === undefined ? [] : [span]
    },
    [find, matchCase, expression, found],
  )
  const onPick = useCallback((number: number, extend: boolean) => change({ line: pickLine(line, number, extend) }), [line, change])
  const note = encodingNote(encoding)
  const copied = line === null ? null : chosenText(source, line[0], line[1])
  return (
    <>
      <LineToolbar view={view} change={change} result={result} size={size}>
        <span className="muted text-count">
          {part === null ? plural(source.count, 'line') : `The ${isLog(path) ? 'last' : 'first'} ${formatBytes(TEXT_LIMIT)}`}
          {part === 'counting' && '; counting lines…'}
          {note !== null && ` · ${note}`}
        </span>
        {copied !== null && line !== null ? (
          <CopyButton text={copied} label={`Copy ${line[0] === line[1] ? `line ${formatCount(line[0])}` : `lines ${formatCount(line[0])} to ${formatCount(line[1])}`}`} />
        ) : (
          size <= COPY_LIMIT && <CopyButton text={async () => (await readAll(runId, path)).text} label="Copy the text" />
        )}
      </LineToolbar>
      <LineView
        source={source} tail={isLog(path)} wrap={view.wrap} chosen={line} goTo={line?.[0] ?? null}
        marks={marks} onPick={onPick} {...(want === undefined ? {} : { onSight: want })}
      />
    </>
  )
}

/** The text of chosen lines if all of them are here. */
function chosenText(source: LineSource, first: number, last: number): string | null {
  if (!source.numbered || last - first >= MOST_COPIED_LINES) return null
  const lines = Array.from({ length: last - first + 1 }, (_, each) => source.line(first - 1 + each))
  return lines.every((line) => line !== null) ? lines.map(lineText).join('\n') : null
}
