import { expect, test } from 'vitest'
import { curveOf } from '../lib/chartTesting'
import { chartCsv } from './chartCsv'

const line = (run: string, metric = 'loss') => ({ runId: 'r1', run, metric, name: run, color: '' })

test('points stand with every digit, NaN and infinities included', () => {
  const csv = chartCsv([line('a')], [curveOf([0.1 + 0.2, NaN, -Infinity])], 'step')
  expect(csv.split('\r\n')).toEqual([
    'run_id,run,metric,step,value,min,max,smoothed',
    'r1,a,loss,0,0.30000000000000004,,,',
    'r1,a,loss,1,nan,,,',
    'r1,a,loss,2,-inf,,,',
    '',
  ])
})

test('buckets have their mean and band, and smoothed values a column', () => {
  const bucketed = curveOf([9], {
    raw: false, x: Float64Array.of(1500), mean: Float64Array.of(2), min: Float64Array.of(1), max: Float64Array.of(3), smooth: Float64Array.of(2.5),
  })
  expect(chartCsv([line('a')], [bucketed], 'relative')).toContain('relative_ms')
  expect(chartCsv([line('a')], [bucketed], 'relative')).toContain('r1,a,loss,1500,2,1,3,2.5\r\n')
})

test('names with commas and quotes are quoted, and none becomes a formula', () => {
  const csv = chartCsv([line('a, "b"', '=1+1')], [curveOf([-1])], 'step')
  expect(csv).toContain(`r1,"a, ""b""",'=1+1,0,-1,,,`)
})
