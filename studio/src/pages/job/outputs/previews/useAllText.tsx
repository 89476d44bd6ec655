import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { readAll } from '../../../../api/artifact'
import { runPath } from '../../../../api/queries'
import { ErrorState } from '../../../../components/states'
import { encodingNote } from '../../../../lib/encoding'

export interface AllText {
  text: string | undefined
  /** Stands above the content, and says in which encoding it was read where that does not go without saying. */
  note: ReactNode
  problem: ReactNode
}

/** All of a file that is small enough, or what to show when it can't be read. */
export function useAllText(runId: string, path: string, size: number): AllText {
  const { data, error, isError, refetch } = useQuery({
    queryKey: [`${runPath(runId)}/artifacts`, { all: path, size }] as const,
    queryFn: ({ signal }) => readAll(runId, path, signal),
  })
  const failed = isError && data === undefined
  const note = data === undefined ? null : encodingNote(data.encoding)
  return {
    text: data?.text,
    note: note !== null && <div className="preview-note muted">{note}</div>,
    problem: failed ? <ErrorState small what="The file could not be read" error={error} retry={() => void refetch()} /> : null,
  }
}
