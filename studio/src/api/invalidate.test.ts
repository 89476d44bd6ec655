import { expect, test } from 'vitest'
import { NO_SMOOTHING } from '../lib/smoothing'
import { childrenQuery, lineageQuery } from './family'
import { figuresQuery, imagesQuery } from './images'
import { Changes } from './invalidate'
import { codeQuery, jobQuery, queueQuery } from './jobs'
import { parseChange, parseHello, parseModels } from './live'
import { runColumnsQuery } from './plots'
import { artifactPathsQuery, artifactsQuery, compareQuery, curveQuery, experimentsQuery, runMetricsQuery, runQuery } from './queries'
import { modelQuery, modelsQuery, versionFilesQuery, versionQuery, versionsQuery } from './registry'
import { planQuery, trashedExperimentsQuery } from './trash'

const loss = curveQuery({ runId: 'a', metric: 'loss', x: 'step', range: null, smoothing: NO_SMOOTHING, points: 1000 }).queryKey
const accuracy = curveQuery({ runId: 'a', metric: 'acc', x: 'step', range: null, smoothing: NO_SMOOTHING, points: 1000 }).queryKey

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
  expect(changes.touch(imagesQuery('a').queryKey)).toBe(true)
  expect(changes.touch(figuresQuery('a').queryKey)).toBe(true)
  expect(changes.touch(imagesQuery('b').queryKey)).toBe(false)
  expect(changes.touch(lineageQuery('a').queryKey)).toBe(true)
  // A run may be a child of any other.
  expect(changes.touch(childrenQuery('b').queryKey)).toBe(true)
  expect(changes.touch(artifactPathsQuery(['b', 'a'], '').queryKey)).toBe(true)
  expect(changes.touch(artifactPathsQuery(['b'], '').queryKey)).toBe(false)
})

test('a new run touches the experiments and their counts, and may be a child', () => {
  const changes = new Changes()
  changes.add([{ run_id: 'b', experiment_id: '0', kinds: ['tags'] }])
  expect(changes.touch(runQuery('a').queryKey)).toBe(false)
  changes.add([{ run_id: 'b', experiment_id: '0', kinds: ['created'] }])
  expect(changes.touch(runQuery('a').queryKey)).toBe(true)
  changes.add([{ run_id: 'a', experiment_id: '0', kinds: ['created'] }])
  expect(changes.touch(experimentsQuery().queryKey)).toBe(true)
})

test('events that can’t be read are no changes', () => {
  expect(parseChange('nonsense')).toEqual([])
  expect(parseChange('{"runs": 4}')).toEqual([])
  expect(parseHello('{"server": "x1"}')).toBe('x1')
  expect(parseHello('[]')).toBeNull()
  expect(parseModels('{"names": ["iris", 4]}')).toEqual(['iris'])
  expect(parseModels('{}')).toEqual([])
})

test('a comparison is stale when one of its runs changed', () => {
  const changes = new Changes()
  changes.add([{ run_id: 'a', experiment_id: '0', kinds: ['params'] }])
  expect(changes.touch(compareQuery(['b', 'a']).queryKey)).toBe(true)
  expect(changes.touch(compareQuery(['b']).queryKey)).toBe(false)
})

test('a change in the registry touches the list and all of that model but its files', () => {
  const changes = new Changes()
  changes.addModels(['iris 50%'])
  expect(changes.empty).toBe(false)
  expect(changes.inPlace).toBe(true)
  const list = modelsQuery({ search: '', filter: '', sort: 'name', descending: false }).queryKey
  const touched = [list, modelQuery('iris 50%').queryKey, versionsQuery('iris 50%').queryKey, versionQuery('iris 50%', '1').queryKey]
  for (const key of touched) expect(changes.touch(key)).toBe(true)
  for (const key of [modelQuery('iris').queryKey, versionFilesQuery('iris 50%', '1').queryKey, ['/runs', {}]]) {
    expect(changes.touch(key)).toBe(false)
  }
})

test('an experiment that is renamed or deleted touches lists, and rows are not replaced one by one', () => {
  const changes = new Changes()
  changes.add([{ run_id: '', experiment_id: '1', kinds: ['renamed'] }])
  expect(changes.touch(experimentsQuery().queryKey)).toBe(true)
  expect(changes.touch(trashedExperimentsQuery().queryKey)).toBe(true)
  expect(changes.touch(['/runs', {}])).toBe(true)
  expect(changes.inPlace).toBe(false)
  // A plan reads all of the trash: it is asked for when one looks, not at each deletion.
  expect(changes.touch(planQuery({}).queryKey)).toBe(false)
})

test('columns of plots are stale when a value in them may have changed', () => {
  const key = runColumnsQuery({ run_id: ['b', 'a'], params: ['lr'], metrics: ['loss'] }).queryKey
  const after = (run_id: string, kinds: string[], metrics?: string[]) => {
    const changes = new Changes()
    changes.add([{ run_id, experiment_id: '0', kinds, ...(metrics === undefined ? {} : { metrics }) }])
    return changes.touch(key)
  }
  expect(after('a', ['metrics'], ['loss', 'acc'])).toBe(true)
  expect(after('a', ['metrics'])).toBe(true)
  expect(after('a', ['status'])).toBe(true)
  expect(after('a', ['metrics'], ['acc'])).toBe(false)
  expect(after('a', ['artifacts'])).toBe(false)
  expect(after('c', ['status'])).toBe(false)
})

test('a run that is archived leaves lists, and another tag moves no row', () => {
  const tagged = new Changes()
  tagged.add([{ run_id: 'a', experiment_id: '1', kinds: ['tags'] }])
  expect(tagged.inPlace).toBe(true)
  expect(tagged.touch(['/archived-runs', {}])).toBe(false)
  const archived = new Changes()
  archived.add([{ run_id: 'a', experiment_id: '1', kinds: ['tags', 'archived'] }])
  expect(archived.inPlace).toBe(false)
  expect(archived.touch(['/archived-runs', {}])).toBe(true)
})

test('the state of a job touches its page and the queue, its metrics do neither', () => {
  const changes = new Changes()
  changes.add([{ run_id: 'a', experiment_id: '0', kinds: ['status'] }])
  expect(changes.touch(jobQuery('a').queryKey)).toBe(true)
  expect(changes.touch(jobQuery('b').queryKey)).toBe(false)
  expect(changes.touch(queueQuery().queryKey)).toBe(true)
  expect(changes.touch(codeQuery('a').queryKey)).toBe(false)
  const logged = new Changes()
  logged.add([{ run_id: 'a', experiment_id: '0', kinds: ['metrics'], metrics: ['loss'] }])
  expect(logged.touch(jobQuery('a').queryKey)).toBe(false)
  expect(logged.touch(queueQuery().queryKey)).toBe(false)
})
