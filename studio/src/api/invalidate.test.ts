import { expect, test } from 'vitest'
import { NO_SMOOTHING } from '../lib/smoothing'
import { Changes } from './invalidate'
import { parseChange, parseHello } from './live'
import { artifactPathsQuery, artifactsQuery, compareQuery, curveQuery, experimentsQuery, runMetricsQuery, runQuery } from './queries'

const loss = curveQuery({ runId: 'a', metric: 'loss', x: 'step', range: null, smoothing: NO_SMOOTHING }).queryKey
const accuracy = curveQuery({ runId: 'a', metric: 'acc', x: 'step', range: null, smoothing: NO_SMOOTHING }).queryKey

test('new points touch the curves that they belong to, the metric list and the lists of runs', () => {
  const changes = new Changes()
  changes.add([{ run_id: 'a', experiment_id: '0', kinds: ['metrics'], metrics: ['loss'] }])
  expect(changes.touch(loss)).toBe(true)
  expect(changes.touch(accuracy)).toBe(false)
  expect(changes.touch(runMetricsQuery('a').queryKey)).toBe(true)
  expect(changes.touch(runMetricsQuery('b').queryKey)).toBe(false)
  expect(changes.touch(['/runs', {}])).toBe(true)
  expect(changes.touch(experimentsQuery().queryKey)).toBe(false)
  expect(changes.touch(artifactsQuery('a', '').queryKey)).toBe(false)
})

test('points without names touch every curve of the run', () => {
  const changes = new Changes()
  changes.add([{ run_id: 'a', experiment_id: '0', kinds: ['metrics'] }])
  changes.add([{ run_id: 'a', experiment_id: '0', kinds: ['metrics'], metrics: ['loss'] }])
  expect(changes.touch(accuracy)).toBe(true)
})

test('status touches the header and not the curves; artifacts touch folders', () => {
  const changes = new Changes()
  expect(changes.empty).toBe(true)
  changes.add([{ run_id: 'a', experiment_id: '0', kinds: ['status', 'artifacts'] }])
  expect(changes.empty).toBe(false)
  expect(changes.touch(runQuery('a').queryKey)).toBe(true)
  expect(changes.touch(loss)).toBe(false)
  expect(changes.touch(artifactsQuery('a', 'plots').queryKey)).toBe(true)
  expect(changes.touch(artifactPathsQuery(['b', 'a'], '').queryKey)).toBe(true)
  expect(changes.touch(artifactPathsQuery(['b'], '').queryKey)).toBe(false)
})

test('a new run touches the experiments and their counts', () => {
  const changes = new Changes()
  changes.add([{ run_id: 'a', experiment_id: '0', kinds: ['created'] }])
  expect(changes.touch(experimentsQuery().queryKey)).toBe(true)
})

test('events that can’t be read are no changes', () => {
  expect(parseChange('nonsense')).toEqual([])
  expect(parseChange('{"runs": 4}')).toEqual([])
  expect(parseHello('{"server": "x1"}')).toBe('x1')
  expect(parseHello('[]')).toBeNull()
})

test('a comparison is stale when one of its runs changed', () => {
  const changes = new Changes()
  changes.add([{ run_id: 'a', experiment_id: '0', kinds: ['params'] }])
  expect(changes.touch(compareQuery(['b', 'a']).queryKey)).toBe(true)
  expect(changes.touch(compareQuery(['b']).queryKey)).toBe(false)
})
