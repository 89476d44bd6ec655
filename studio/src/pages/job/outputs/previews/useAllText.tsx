import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { readAll } from '../../../../api/artifact'
import { runPath } from '../../../../api/queries'
import { ErrorState } from '../../../../components/states'

/** All of a file that is small enough, or what to show when it can't be read. */
export function useAllText(runId: string, path: string, size: number): { text: string | undefined; problem: ReactNode } {
  const { data, error, isError, refetch } = useQuery({
    queryKey: [`${runPath(runId)}/artifacts`, { all: path, size }] as const,
    queryFn: ({ signal }) => readAll(runId, path, signal),
  })
  const failed = isError && data === undefined
  return {
    text: data,
    problem: failed ? <ErrorState small what="The file could not be read" error={error} retry={() => void refetch()} /> : null,
  }
}
