import { expect, test } from 'vitest'
import { jobPath, parsePath } from './routes'
import { readJobsView, writeJobsView } from './urlState'
import type { JobsView } from './urlState'

test('a jobs view survives the URL, whatever names hold', () => {
  const view: JobsView = {
    experiments: ['0', '12'],
    search: "metrics.loss < 0.5 and tags.`a b` = 'x&y'",
    sort: { by: 'metrics.val/loss, best~1', descending: true },
    columns: [
      { kind: 'metric', name: 'val/loss, best~1' },
      { kind: 'param', name: 'params.lr=ü' },
    ],
  }
  expect(readJobsView(new URLSearchParams(writeJobsView(view).toString()))).toEqual(view)
})

test('defaults leave the URL empty, and no columns differ from columns by default', () => {
  const view = readJobsView(new URLSearchParams())
  expect(view.columns).toBeNull()
  expect(writeJobsView(view).toString()).toBe('')
  const none = writeJobsView({ ...view, columns: [] })
  expect(readJobsView(none).columns).toEqual([])
})

test('nonsense in the URL falls back to defaults', () => {
  expect(readJobsView(new URLSearchParams('sort=-&col=weird')).sort).toBeNull()
})

test('paths', () => {
  expect(parsePath('/')).toEqual({ kind: 'jobs' })
  expect(parsePath('/jobs/a%2Fb')).toEqual({ kind: 'job', runId: 'a/b', tab: 'overview' })
  expect(parsePath(jobPath('a/b', 'metrics'))).toEqual({ kind: 'job', runId: 'a/b', tab: 'metrics' })
  expect(parsePath('/jobs/a/nothing')).toMatchObject({ kind: 'unknown' })
  expect(parsePath('/jobs/%E0%A4%A')).toMatchObject({ kind: 'job' })
})
