// Jobs: one, the queue, their code, and what is done with them.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { postJson } from './client'
import { get, runQuery } from './queries'
import type { CheckedJob, CodeText, JobCode, JobDetail, JobQueue, NewJobText } from './types'

export const QUEUE_PATH = '/job-queue'

export const jobApiPath = (name: string) => `/jobs/${encodeURIComponent(name)}`

export const jobQuery = (name: string) => get<JobDetail>(jobApiPath(name))

export const queueQuery = () => get<JobQueue>(QUEUE_PATH)

/** What a job was submitted with never changes. */
export const codeQuery = (name: string) => queryOptions({ ...get<JobCode>(`${jobApiPath(name)}/code`), staleTime: Infinity })

export const codeTextQuery = (name: string, path: string) =>
  queryOptions({ ...get<CodeText>(`${jobApiPath(name)}/code/${path.split('/').map(encodeURIComponent).join('/')}`), staleTime: Infinity })

/** What is wrong with a job file; that of another job may stand for its code. */
export const checkQuery = (text: string, fromJob: string | null) =>
  queryOptions({
    queryKey: ['/job-check', { text, fromJob }] as const,
    queryFn: () => postJson<CheckedJob>('/job-check', { text, from_job: fromJob }),
    staleTime: Infinity,
    retry: false,
  })

/** Ask for a job's end; its page and the queue show the answer at once. */
export function useCancelJob(name: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => postJson<JobDetail>(`${jobApiPath(name)}/cancel`, {}),
    onSuccess: (answer) => client.setQueryData(jobQuery(name).queryKey, answer),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: runQuery(name).queryKey }),
        client.invalidateQueries({ queryKey: queueQuery().queryKey }),
      ]),
  })
}

/** Queue the job of a file. */
export function useCreateJob() {
  return useMutation({ mutationFn: (job: NewJobText) => postJson<JobDetail>('/jobs', job) })
}
