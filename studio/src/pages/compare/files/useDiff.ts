import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { runPath } from '../../../api/queries'
import type { Stretch } from '../../../lib/diffRows'
import { artifactUrl } from '../../../lib/preview'
import { WorkerCalls } from '../../../lib/workerCalls'
import type { DiffTask } from './diffWorker'

/** What differs between the files of two runs; asked again when the files of the first one change. */
export function useDiff(path: string, left: string, right: string) {
  return useQuery({
    queryKey: [`${runPath(left)}/artifacts`, { diff: path, right }] as const,
    queryFn: async ({ signal }) => {
      const calls = new WorkerCalls<DiffTask, Stretch[]>(new Worker(new URL('./diffWorker.ts', import.meta.url), { type: 'module' }))
      signal.addEventListener('abort', () => calls.close())
      try {
        return await calls.ask({ left: artifactUrl(left, path), right: artifactUrl(right, path) })
      } finally {
        calls.close()
      }
    },
    placeholderData: keepPreviousData,
    retry: false,
  })
}
