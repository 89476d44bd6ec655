import { expect, test } from 'vitest'
import { curveOf } from '../lib/chartTesting'
import { NO_SMOOTHING } from '../lib/smoothing'
import { axisRequests, curveRequests } from './lineCurves'

const line = (runId: string) => ({ runId, metric: 'loss', run: runId, name: runId, color: '#000000' })
const asked = { x: 'step', zoom: [2, 4], smoothing: NO_SMOOTHING } as const

test('a zoom asks for its own range, in milliseconds where the axis has seconds', () => {
  expect(curveRequests([line('a')], asked).map(({ range }) => range)).toEqual([[2, 4]])
  expect(curveRequests([line('a')], { ...asked, x: 'relative' }).map(({ range }) => range)).toEqual([[2000, 4000]])
  expect(axisRequests([line('a')], asked)).toEqual([])
})

test('a zoom over another metric asks for the steps at which it has such values, of each run its own', () => {
  const over = { ...asked, x: 'metric:epoch' } as const
  const group = { ...line('a'), members: ['a', 'b'] }
  expect(axisRequests([group], over).map(({ runId, metric, range }) => [runId, metric, range])).toEqual([['a', 'epoch', null], ['b', 'epoch', null]])
  const places = Float64Array.of(0, 100, 200, 300, 400)
  const axes = [curveOf([1, 2, 3, 4, 5], { x: places, edge: places }), curveOf([3, 9, 9, 9, 9], { x: places, edge: places })]
  expect(curveRequests([group], over, axes).map(({ runId, metric, range }) => [runId, metric, range])).toEqual([
    ['a', 'loss', [0, 400]], ['a', 'epoch', [0, 400]], ['b', 'loss', [0, 100]], ['b', 'epoch', [0, 100]],
  ])
  expect(curveRequests([group], over).map(({ range }) => range)).toEqual([null, null, null, null])
})
