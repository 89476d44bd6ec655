import { useCallback, useEffect, useRef, useState } from 'react'
import { ErrorState, State } from '../../../../components/states'
import { encodingNote } from '../../../../lib/encoding'
import type { Encoding } from '../../../../lib/encoding'
import { formatBytes, plural } from '../../../../lib/format'
import { artifactUrl } from '../../../../lib/preview'
import { namedTable, withRows } from '../../../../lib/tableData'
import type { TableData } from '../../../../lib/tableData'
import { WorkerCalls } from '../../../../lib/workerCalls'
import { Loading } from '../Loading'
import type { RichProps } from './kinds'
import { DataTable, MOST_COLUMNS } from './DataTable'
import type { CsvPart, CsvTask } from './csvWorker'

/** Rows that a page holds at most. */
const MOST_ROWS = 200_000

interface Loaded {
  data: TableData
  bytes: number
  done: boolean
  encoding: Encoding | null
}

/** A table of a file of any size: its rows are read as one scrolls down. */
export default function CsvTable({ runId, path, size }: RichProps) {
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const [error, setError] = useState<Error | null>(null)
  const [attempt, setAttempt] = useState(0)
  const calls = useRef<WorkerCalls<CsvTask, CsvPart> | null>(null)
  const busy = useRef(false)
  const more = useCallback(() => {
    const { current } = calls
    if (current === null || busy.current) return
    busy.current = true
    const task = { url: artifactUrl(runId, path), size, tabs: path.toLowerCase().endsWith('.tsv') }
    current.ask(task).then(
      ({ rows, bytes, done, encoding }) => {
        if (calls.current !== current) return
        busy.current = false
        setLoaded((before) => {
          const data = before === null ? namedTable(rows) : withRows(before.data, rows)
          return { data, bytes, done, encoding }
        })
      },
      (failure: unknown) => {
        if (calls.current === current) setError(failure instanceof Error ? failure : new Error(String(failure)))
      },
    )
  }, [runId, path, size])
  useEffect(() => {
    const made = new WorkerCalls<CsvTask, CsvPart>(new Worker(new URL('./csvWorker.ts', import.meta.url), { type: 'module' }))
    calls.current = made
    busy.current = false
    setLoaded(null)
    setError(null)
    more()
    return () => {
      calls.current = null
      made.close()
    }
  }, [more, attempt])
  if (error !== null && loaded === null) {
    return <ErrorState small what="The table could not be read" error={error} retry={() => setAttempt((number) => number + 1)} />
  }
  if (loaded === null) return <Loading />
  const { data, bytes, done, encoding } = loaded
  if (done && data.columns.length === 0) return <State small title="This file is empty" />
  const note = encodingNote(encoding)
  const full = data.rows.length >= MOST_ROWS
  const share = done ? '' : ` in the first ${formatBytes(bytes)} of ${formatBytes(size)}`
  const then = done ? '' : full ? ': download the file for all of it' : '; more come as you scroll down'
  return (
    <>
      <div className="preview-note muted" role="status">
        {plural(data.rows.length, 'row')}, {plural(data.columns.length, 'column')}
        {share}
        {error === null ? then : <span className="text-wrong"> · {error.message}</span>}
        {note !== null && ` · ${note}`}
        {data.columns.length > MOST_COLUMNS && ` · the first ${MOST_COLUMNS} columns are shown`}
      </div>
      <DataTable data={data} first={1} label={path} missing="" {...(done || full || error !== null ? {} : { onEnd: more })} />
    </>
  )
}
