import { describe, expect, it, test } from 'vitest'
import { childJobsPath, fromMlflowLink, modelVersionPath, outputPath, parsePath } from './routes'

describe('links that mlflow prints', () => {
  it.each([
    ['#/experiments/1/runs/abc', '/jobs/abc'],
    ['#/experiments/1/runs/abc/artifacts', '/jobs/abc/outputs'],
    ['#/experiments/1/runs/abc/model-metrics', '/jobs/abc/metrics'],
    ['#/experiments/1', '/jobs?experiment=1'],
    ['#/experiments/1?searchFilter=', '/jobs?experiment=1'],
    ['#/models/m', undefined],
    ['', undefined],
  ])('%s leads to %s', (fragment, path) => {
    expect(fromMlflowLink(fragment)).toBe(path)
  })
})

describe('paths of the studio', () => {
  it.each([
    ['/', { kind: 'jobs' }],
    ['/jobs', { kind: 'jobs' }],
    ['/jobs/abc', { kind: 'job', runId: 'abc', tab: 'overview' }],
    ['/jobs/abc/metrics', { kind: 'job', runId: 'abc', tab: 'metrics' }],
    ['/jobs/abc/monitoring', { kind: 'job', runId: 'abc', tab: 'monitoring' }],
    ['/compare', { kind: 'compare' }],
    ['/trash', { kind: 'trash' }],
    ['/jobs/abc/unknown', { kind: 'unknown', path: '/jobs/abc/unknown' }],
  ])('%s', (path, page) => {
    expect(parsePath(path)).toEqual(page)
  })
})

test('addresses within a page', () => {
  expect(outputPath('a', 'plots/a b.png')).toBe('/jobs/a/outputs?path=plots%2Fa+b.png')
  expect(modelVersionPath('a/b', '3')).toBe('/models/a%2Fb/versions/3')
  expect(new URL(childJobsPath('abc'), 'http://x').searchParams.get('q')).toBe("tags.`mlflow.parentRunId` = 'abc'")
})
