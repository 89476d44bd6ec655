import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { linesQuery, readAll, readPart, textQuery } from '../../../../api/artifact'
import type { ArtifactLines } from '../../../../api/types'
import { CopyButton } from '../../../../components/CopyButton'
import { ErrorState } from '../../../../components/states'
import { ENCODING_NAMES } from '../../../../lib/encoding'
import type { Encoding } from '../../../../lib/encoding'
import { formatBytes, formatCount, plural } from '../../../../lib/format'
import { BlockFile } from '../../../../lib/lineBlocks'
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
  if (data?.text === null) return <NoPreview />
  const failed = counted === undefined && data === undefined ? text : counted === undefined && index.isError ? index : null
  if (failed?.isError === true) {
    return <ErrorState small what="The file could not be read" error={failed.error} retry={() => void failed.refetch()} />
  }
  if (counted !== undefined) return <LongText key={`${path} ${encoding}`} encoding={encoding} runId={runId} path={path} index={counted} recount={() => void index.refetch()} />
  if (here === null) return <Loading />
  return <Lines runId={runId} path={path} source={here} size={size ?? 0} encoding={encoding} part={!long ? null : wide ? 'shown' : 'counting'} />
}

interface LongTextProps {
  runId: string
  path: string
  index: ArtifactLines
  encoding: Encoding
  recount: () => void
}

function LongText({ runId, path, index, encoding, recount }: LongTextProps) {
  const [file] = useState(() => new BlockFile(index, (start, end, signal) => readPart(runId, path, start, end, signal), encoding))
  useEffect(() => {
    file.onChanged = recount
    file.update(index)
  }, [file, index, recount])
  useEffect(() => () => file.close(), [file])
  const source = useSyncExternalStore(file.subscribe, file.source)
  const want = useCallback((from: number, to: number) => file.want(from, to), [file])
  return (
    <>
      {file.failed !== null && <ErrorState small what="A part of the file could not be read" error={file.failed} retry={() => file.retry()} />}
      <Lines runId={runId} path={path} source={source} size={index.size} encoding={encoding} want={want} />
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
  part?: 'counting' | 'shown' | null
  want?: (from: number, to: number) => void
}

function Lines({ runId, path, source, size, encoding, part = null, want }: LinesProps) {
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
  const copied = line === null ? null : chosenText(source, line[0], line[1])
  return (
    <>
      <LineToolbar view={view} change={change} result={result} size={size}>
        <span className="muted text-count">
          {part === null ? plural(source.count, 'line') : `The ${isLog(path) ? 'last' : 'first'} ${formatBytes(TEXT_LIMIT)}`}
          {part === 'counting' && '; counting lines…'}
          {encoding !== 'utf-8' && ` · ${ENCODING_NAMES[encoding]}`}
        </span>
        {copied !== null && line !== null ? (
          <CopyButton text={copied} label={`Copy ${line[0] === line[1] ? `line ${formatCount(line[0])}` : `lines ${formatCount(line[0])} to ${formatCount(line[1])}`}`} />
        ) : (
          size <= COPY_LIMIT && <CopyButton text={() => readAll(runId, path)} label="Copy the text" />
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
