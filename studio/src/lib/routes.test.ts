import { describe, expect, it, test } from 'vitest'
import { childJobsPath, fromMlflowLink, modelPath, modelVersionPath, outputPath, parsePath } from './routes'

describe('links that mlflow prints', () => {
  it.each([
    ['#/experiments/1/runs/abc', '/jobs/abc'],
    ['#/experiments/1/runs/abc/artifacts', '/jobs/abc/outputs'],
    ['#/experiments/1/runs/abc/model-metrics', '/jobs/abc/metrics'],
    ['#/experiments/1', '/jobs?experiment=1'],
    ['#/experiments/1?searchFilter=', '/jobs?experiment=1'],
    ['#/models', '/models'],
    ['#/models/größe%2050%25', '/models/gr%C3%B6%C3%9Fe%2050%25'],
    ['#/models/m/versions/2', '/models/m/versions/2'],
    ['#/prompts', undefined],
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
    ['/queue', { kind: 'queue' }],
    ['/queue/x', { kind: 'unknown', path: '/queue/x' }],
    ['/new-job', { kind: 'new-job' }],
    ['/jobs/abc/code', { kind: 'job', runId: 'abc', tab: 'code' }],
    ['/models', { kind: 'models' }],
    ['/models/m/versions', { kind: 'unknown', path: '/models/m/versions' }],
    ['/models/m/versions/1/x', { kind: 'unknown', path: '/models/m/versions/1/x' }],
    ['/jobs/a%2Fb', { kind: 'job', runId: 'a/b', tab: 'overview' }],
    ['/jobs/%E0%A4%A', { kind: 'job', runId: '%E0%A4%A', tab: 'overview' }],
    ['/jobs/abc/unknown', { kind: 'unknown', path: '/jobs/abc/unknown' }],
  ])('%s', (path, page) => {
    expect(parsePath(path)).toEqual(page)
  })
})

describe('names of models', () => {
  it.each(['iris', 'größe 50% ?#&', '模型', '%2F', 'a/b', '..x', "it's"])('%s survives its path', (name) => {
    expect(parsePath(modelPath(name))).toEqual({ kind: 'model', name })
    expect(parsePath(modelVersionPath(name, '12'))).toEqual({ kind: 'model-version', name, version: '12' })
  })
})

test('addresses within a page', () => {
  expect(outputPath('a', 'plots/a b.png')).toBe('/jobs/a/outputs?path=plots%2Fa+b.png')
  expect(modelVersionPath('a/b', '3')).toBe('/models/a%2Fb/versions/3')
  expect(new URL(childJobsPath('abc'), 'http://x').searchParams.get('q')).toBe("tags.`mlflow.parentRunId` = 'abc'")
})
