import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { Changes } from './invalidate'
import { runMetricsQuery } from './queries'
import { refresh } from './refresh'
import { replaceMetrics, replaceRows } from './replace'
import type { MetricTable, RunRow } from './types'

function table(names: string[], value: number): MetricTable {
  const same = names.map(() => value)
  return { names, latest: same, latest_step: same, latest_time: same, count: same, min: same, max: same }
}

function run(run_id: string, status: string): RunRow {
  return {
    run_id, status, name: run_id, experiment_id: '0', experiment_name: 'Default', user: '', lifecycle_stage: 'active',
    start_time: 0, end_time: null, parent_run_id: null, parent_run_name: null, child_count: null,
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
  expect(next.max).toEqual([2, 1, 2, 2])
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
