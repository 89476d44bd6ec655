import { expect, test } from 'vitest'
import { ancestors, artifactUrl, baseName, frameUrl, isLog, previewKind } from './preview'

test.each([
  ['plots/loss.PNG', 'image'],
  ['model/model.pkl', 'none'],
  ['notes', 'text'],
  ['a.b/README', 'text'],
  ['conf.yaml', 'text'],
  ['a/b.JSON', 'json'],
  ['table.tsv', 'csv'],
  ['table.parquet', 'parquet'],
  ['page.html', 'html'],
  ['README.md', 'markdown'],
  ['eda.ipynb', 'notebook'],
  ['paper.pdf', 'pdf'],
  ['voice.wav', 'audio'],
  ['game.mp4', 'video'],
  ['events.jsonl', 'text'],
])('%s is previewed as %s', (path, kind) => expect(previewKind(path)).toBe(kind))

test('logs are known by their place and name', () => {
  const logs = ['user_logs/std_log.txt', 'system_logs/lifecycler/execution-wrapper.txt', 'train.log', 'a/run.LOG.1', 'stdout', 'x/stderr.txt']
  expect(logs.filter(isLog)).toEqual(logs)
  expect(['notes.txt', 'catalog', 'my_user_logs/a.txt', 'standard.txt'].filter(isLog)).toEqual([])
})

test('paths', () => {
  expect(ancestors('a/b/c.txt')).toEqual(['a', 'a/b'])
  expect(ancestors('c.txt')).toEqual([])
  expect(baseName('a/b/c.txt')).toBe('c.txt')
  expect(artifactUrl('r1', 'a b/ü&.txt', true)).toBe('/get-artifact?run_uuid=r1&path=a+b%2F%C3%BC%26.txt&download=1')
  expect(frameUrl('r1', 'a.html')).toBe('/get-artifact?run_uuid=r1&path=a.html&frame=page')
  expect(frameUrl('r1', 'a.html', true)).toBe('/get-artifact?run_uuid=r1&path=a.html&frame=network')
})
