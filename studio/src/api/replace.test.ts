import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { Changes } from './invalidate'
import { runColumnsQuery } from './plots'
import { runMetricsQuery } from './queries'
import { refresh } from './refresh'
import { replaceColumns, replaceMetrics, replaceRows } from './replace'
import type { MetricTable, RunRow } from './types'

function table(names: string[], value: number): MetricTable {
  const same = names.map(() => value)
  return { names, latest: same, latest_step: same }
}

function run(run_id: string, status: string): RunRow {
  return {
    run_id, status, name: run_id, experiment_id: '0', experiment_name: 'Default', user: '', lifecycle_stage: 'active',
    start_time: 0, end_time: null, parent_run_id: null, parent_run_name: null, job_state: null, child_count: null,
    metrics: {}, metric_min: {}, metric_max: {}, params: {}, tags: {},
  }
}

test('rows are replaced where they stand, and untouched pages stay the same objects', () => {
  const pages = [
    { runs: [run('a', 'RUNNING'), run('b', 'RUNNING')], next_page_token: 't' },
    { runs: [run('c', 'RUNNING')], next_page_token: null },
  ]
  const next = replaceRows({ pages, pageParams: [undefined, 't'] }, [run('b', 'FINISHED')])
  expect(next.pages[0]?.runs.map(({ status }) => status)).toEqual(['RUNNING', 'FINISHED'])
  expect(next.pages[0]?.runs[0]).toBe(pages[0]?.runs[0])
  expect(next.pages[1]).toBe(pages[1])
})

test('a fresh row keeps its number of children', () => {
  const pages = [{ runs: [{ ...run('a', 'RUNNING'), child_count: 3 }], next_page_token: null }]
  const next = replaceRows({ pages, pageParams: [undefined] }, [run('a', 'FINISHED')])
  expect(next.pages[0]?.runs[0]).toMatchObject({ status: 'FINISHED', child_count: 3 })
})

test('metrics are replaced or added by name', () => {
  const next = replaceMetrics(table(['b', 'd'], 1), table(['a', 'd', 'c'], 2))
  expect(next.names).toEqual(['a', 'b', 'c', 'd'])
  expect(next.latest).toEqual([2, 1, 2, 2])
  expect(next.latest_step).toEqual([2, 1, 2, 2])
})

afterEach(() => vi.unstubAllGlobals())

test('only changed metrics are asked for, and everything when that is not known', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url)
    return Promise.resolve(new Response(JSON.stringify(table(url.includes('name=') ? ['b'] : ['a', 'b', 'c'], 2))))
  })
  const client = new QueryClient()
  const { queryKey, queryFn } = runMetricsQuery('r')
  client.setQueryData(queryKey, table(['a', 'b'], 1))
  const stop = new QueryObserver(client, { queryKey, queryFn, staleTime: Infinity }).subscribe(() => undefined)

  const some = new Changes()
  some.add([{ run_id: 'r', experiment_id: '0', kinds: ['metrics'], metrics: ['b'] }])
  await refresh(client, some)
  expect(client.getQueryData(queryKey)).toMatchObject({ names: ['a', 'b'], latest: [1, 2] })

  const any = new Changes()
  any.add([{ run_id: 'r', experiment_id: '0', kinds: ['metrics'] }])
  await refresh(client, any)
  expect(client.getQueryData(queryKey)).toMatchObject({ names: ['a', 'b', 'c'] })
  expect(asked).toEqual(['/studio-api/runs/r/metrics?name=b', '/studio-api/runs/r/metrics'])
  stop()
})

function columns(ids: string[], status: string, value: number | null) {
  const each = ids.map(() => value)
  const plain = { experiment_id: '1', experiment_name: 'digits', user: 'ada', start_time: 1, end_time: null }
  return {
    runs: ids.map((run_id) => ({ ...plain, run_id, name: run_id, status })),
    params: [{ name: 'lr', values: ids.map(() => String(value)) }],
    metrics: [{ name: 'loss', latest: each, min: each, max: each }],
  }
}

test('columns of plots are brought up to date for the runs that changed', async () => {
  const fresh = replaceColumns(columns(['a', 'b', 'c'], 'RUNNING', 1), columns(['c', 'a'], 'FINISHED', 2))
  expect(fresh.runs.map(({ status }) => status)).toEqual(['FINISHED', 'RUNNING', 'FINISHED'])
  expect(fresh.params).toEqual([{ name: 'lr', values: ['2', '1', '2'] }])
  expect(fresh.metrics).toEqual([{ name: 'loss', latest: [2, 1, 2], min: [2, 1, 2], max: [2, 1, 2] }])

  const asked: unknown[] = []
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    asked.push(JSON.parse(init.body as string))
    return Promise.resolve(new Response(JSON.stringify(columns(['b'], 'RUNNING', 5))))
  })
  const client = new QueryClient()
  const query = runColumnsQuery({ run_id: ['a', 'b'], params: ['lr'], metrics: ['loss'] })
  client.setQueryData(query.queryKey, columns(['a', 'b'], 'RUNNING', 1))
  const stop = new QueryObserver(client, { ...query, staleTime: Infinity }).subscribe(() => undefined)
  const changes = new Changes()
  changes.add([{ run_id: 'b', experiment_id: '1', kinds: ['metrics'], metrics: ['loss'] }])
  await refresh(client, changes)
  expect(asked).toEqual([{ run_ids: ['b'], params: ['lr'], metrics: ['loss'] }])
  expect(client.getQueryData(query.queryKey)?.metrics[0]?.latest).toEqual([1, 5])
  stop()
})
