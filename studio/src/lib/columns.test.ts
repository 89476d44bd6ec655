import { expect, test } from 'vitest'
import { askedColumns, columnTitle, fieldOf, parseColumn } from './columns'
import type { Column } from './columns'
import { lowerIsBetter } from './direction'

const parsed = (key: string) => parseColumn(key) as Column

test('fields of the server', () => {
  expect(fieldOf(parsed('metrics.val loss'))).toBe('metrics.`val loss`')
  expect(fieldOf(parsed('min:metrics.loss'))).toBe('min(metrics.`loss`)')
  expect(fieldOf(parsed('best:metrics.loss'))).toBe('min(metrics.`loss`)')
  expect(fieldOf(parsed('best:metrics.acc'))).toBe('max(metrics.`acc`)')
  expect(fieldOf(parsed('tags.a`b'))).toBe('tags."a`b"')
  expect(fieldOf(parsed('started'))).toBe('attributes.start_time')
  expect(fieldOf(parsed('parent'))).toBeUndefined()
})

test('titles say which value of a metric is meant', () => {
  expect(columnTitle(parsed('metrics.loss'))).toBe('loss')
  expect(columnTitle(parsed('max:metrics.loss'))).toBe('max loss')
  expect(columnTitle(parsed('source'))).toBe('Source')
})

test('the server is asked for what is shown, in one order however columns stand', () => {
  const keys = ['source', 'metrics.b', 'best:metrics.loss', 'min:metrics.loss', 'params.lr', 'tags.team', 'metrics.a', 'status']
  const asked = { metric: ['a', 'b'], metric_min: ['loss'], metric_max: [], param: ['lr'], tag: ['mlflow.source.name', 'team'] }
  expect(askedColumns(keys.map(parsed))).toEqual(asked)
  expect(askedColumns([...keys].reverse().map(parsed))).toEqual(asked)
})

test.each(['loss', 'val/loss', 'trainLogLoss', 'mean_squared_error', 'valRMSE', 'eval.WER', 'step_time'])('%s: lower is better', (name) =>
  expect(lowerIsBetter(name)).toBe(true),
)
test.each(['accuracy', 'f1', 'val/auc', 'timestep_reward', 'merit', 'lr', 'overtime'])('%s: higher is better', (name) =>
  expect(lowerIsBetter(name)).toBe(false),
)
