import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { codeTextQuery } from '../../../api/jobs'
import type { CodeText } from '../../../api/types'
import { CopyButton } from '../../../components/CopyButton'
import { FindField } from '../../../components/FindField'
import { ErrorState, State } from '../../../components/states'
import { isGone } from '../../../api/client'
import { formatBytes, plural } from '../../../lib/format'
import { occurrences } from '../../../lib/lineMarks'
import { textSource } from '../../../lib/lineText'
import { pickLine } from '../../../lib/outputsState'
import { languageOf } from '../../../lib/syntax'
import { Loading } from '../outputs/Loading'
import { PreviewHead } from '../outputs/PreviewHead'
import { LineView } from '../outputs/text/LineView'
import { useOutputsView } from '../outputs/useOutputsView'
import { useTokens } from '../outputs/useTokens'

/** One file of a job's code. */
export function CodeFileView({ name, path }: { name: string; path: string }) {
  const { data: file, error, isError, refetch } = useQuery(codeTextQuery(name, path))
  return (
    <section className="preview pane" aria-label={path}>
      <PreviewHead path={path} told={file === undefined ? '' : formatBytes(file.size)} download={null} />
      {isError && (isGone(error) ? <State small title="There is no such file" /> : <ErrorState small what="The file could not be read" error={error} retry={() => void refetch()} />)}
      {!isError && file === undefined && <Loading />}
      {file !== undefined && (file.text === null ? <State small title="These bytes are no text" /> : file.size === 0 ? <State small title="This file is empty" /> : <Lines file={file} text={file.text} />)}
    </section>
  )
}

function Lines({ file, text }: { file: CodeText; text: string }) {
  const [{ find, matchCase, line, wrap }, change] = useOutputsView()
  const texts = useMemo(() => [text], [text])
  const [tokens] = useTokens(languageOf(file.path), texts)
  const source = useMemo(() => textSource(text, true, tokens), [text, tokens])
  const marks = useCallback((_: number, shown: string) => occurrences(shown, find, matchCase), [find, matchCase])
  const onPick = useCallback((number: number, extend: boolean) => change({ line: pickLine(line, number, extend) }), [line, change])
  const setFind = useCallback((wanted: string) => change({ find: wanted }), [change])
  return (
    <>
      <div className="text-bar">
        <div className="text-find">
          <FindField value={find} onChange={setFind} delay={100} placeholder="Find in the file" />
        </div>
        <span className="grow" />
        <span className="muted text-count">{file.more ? `The first ${formatBytes(text.length)}` : plural(source.count, 'line')}</span>
        <CopyButton text={text} label="Copy the text" />
      </div>
      <LineView source={source} tail={false} wrap={wrap} chosen={line} goTo={line?.[0] ?? null} marks={marks} onPick={onPick} />
    </>
  )
}
