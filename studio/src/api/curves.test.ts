import { encode } from '@msgpack/msgpack'
import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { NO_SMOOTHING } from '../lib/smoothing'
import { Changes } from './invalidate'
import { curvesQuery } from './queries'
import { refresh } from './refresh'
import type { SeriesRequest } from './types'

afterEach(() => vi.unstubAllGlobals())

const curve = (runId: string, metric = 'loss') => ({ runId, metric, x: 'step' as const, range: null, smoothing: NO_SMOOTHING, points: 1000 })

/** A server whose curves have one point, of the value that it has at that moment; it answers when it is told to. */
function server() {
  const asked: string[] = []
  const held: (() => void)[] = []
  const state = { value: 1, hold: false }
  vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
    const { charts } = JSON.parse(init.body as string) as SeriesRequest
    asked.push(charts.map(({ run_ids, metrics }) => `${run_ids[0]} ${metrics[0]}`).join(', '))
    const value = new Uint8Array(Float64Array.of(state.value).buffer)
    const series = { raw: true, total: 1, non_finite: 0, columns: { x: value, value } }
    const body = encode({ charts: charts.map(({ metrics }) => ({ bucket_width: 1, series: [{ ...series, metric: metrics[0] }] })) })
    if (!state.hold) return Promise.resolve(new Response(body))
    return new Promise<Response>((resolve) => held.push(() => resolve(new Response(body))))
  })
  return { asked, held, state }
}

function chart(wanted: ReturnType<typeof curve>[]) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, networkMode: 'always' } } })
  const observer = new QueryObserver(client, curvesQuery(wanted))
  const stop = observer.subscribe(() => undefined)
  const shown = () => observer.getCurrentResult().data?.map(({ last }) => last[0])
  return { client, shown, stop }
}

function points(runId: string, metric: string) {
  const changes = new Changes()
  changes.add([{ run_id: runId, experiment_id: '0', kinds: ['metrics'], metrics: [metric] }])
  return changes
}

test('of a chart only the curves that changed are asked for again', async () => {
  const { asked, state } = server()
  const { client, shown, stop } = chart([curve('a'), curve('b'), curve('b', 'acc')])
  await vi.waitFor(() => expect(shown()).toEqual([1, 1, 1]))
  state.value = 2
  await refresh(client, points('b', 'loss'))
  expect(shown()).toEqual([1, 2, 1])
  await refresh(client, points('b', 'other'))
  await refresh(client, points('c', 'loss'))
  expect(asked).toEqual(['a loss, b loss, b acc', 'b loss'])
  stop()
})

test('a curve that was asked for before a change is asked for again', async () => {
  const { asked, held, state } = server()
  state.hold = true
  const { client, shown, stop } = chart([curve('a'), curve('b')])
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  state.value = 2
  state.hold = false
  const refreshed = refresh(client, points('b', 'loss'))
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  // The old answer comes last.
  for (const answer of held) answer()
  await refreshed
  expect(shown()).toEqual([1, 2])
  expect(asked).toEqual(['a loss, b loss', 'b loss'])
  stop()
})
