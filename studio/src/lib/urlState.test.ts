import { expect, test } from 'vitest'
import { jobPath, parsePath } from './routes'
import { NO_SMOOTHING } from './smoothing'
import { readJobsView, readMetricsView, withMetricsView, writeJobsView, writeMetricsView } from './urlState'
import type { JobsView, MetricsView } from './urlState'

test('a jobs view survives the URL, whatever names hold', () => {
  const view: JobsView = {
    experiments: ['0', '12'],
    search: "metrics.loss < 0.5 and tags.`a b` = 'x&y'",
    as: 'text',
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

test('a metrics view survives the URL', () => {
  const view: MetricsView = {
    selected: ['loss', 'val~acc'],
    find: '^val/',
    x: 'relative',
    smoothing: { kind: 'mean', amount: 21 },
    log: true,
    together: true,
    zoom: new Map([['val~acc', [-1.5, 2e9]]]),
  }
  expect(readMetricsView(new URLSearchParams(writeMetricsView(view).toString()))).toEqual(view)
})

test('nonsense in the URL falls back to defaults', () => {
  const view = readMetricsView(new URLSearchParams('x=banana&smooth=7&zoom=9~1~loss&zoom=~&zoom=a~b~c'))
  expect(view).toEqual({ selected: null, find: '', x: 'step', smoothing: { kind: 'ema', amount: 0 }, log: false, together: false, zoom: new Map() })
  expect(readJobsView(new URLSearchParams('sort=-&col=weird')).sort).toBeNull()
})

test('paths', () => {
  expect(parsePath('/')).toEqual({ kind: 'jobs' })
  expect(parsePath('/jobs/a%2Fb')).toEqual({ kind: 'job', runId: 'a/b', tab: 'overview' })
  expect(parsePath(jobPath('a/b', 'metrics'))).toEqual({ kind: 'job', runId: 'a/b', tab: 'metrics' })
  expect(parsePath('/jobs/a/nothing')).toMatchObject({ kind: 'unknown' })
  expect(parsePath('/jobs/%E0%A4%A')).toMatchObject({ kind: 'job' })
})

test('what a page keeps beside its charts stays when they change', () => {
  const search = new URLSearchParams('run=a&run=b&m=old&smooth=0.3')
  const view = { ...readMetricsView(search), selected: ['new'], smoothing: NO_SMOOTHING }
  expect(withMetricsView(search, view).toString()).toBe('run=a&run=b&m=new')
})
