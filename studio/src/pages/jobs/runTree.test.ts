import { expect, test } from 'vitest'
import type { RunGroup, RunPage, RunRow } from '../../api/types'
import { groupKey, runKey, runTree, toggledOpen } from './runTree'
import type { BranchState } from './runTree'

function run(run_id: string, child_count: number | null = null): RunRow {
  return {
    run_id, name: run_id, status: 'RUNNING', experiment_id: '0', experiment_name: 'Default', user: '', lifecycle_stage: 'active', start_time: 0,
    end_time: null, parent_run_id: null, parent_run_name: null, job_state: null, child_count, metrics: {}, metric_min: {}, metric_max: {}, params: {}, tags: {},
  }
}
const group = (value: string | null, runs: number): RunGroup => ({ value, runs, metrics: {}, metric_min: {}, metric_max: {} })
const runs = (...rows: RunRow[]): BranchState => ({ pages: [{ runs: rows, next_page_token: null }], hasMore: false, error: null })
const groups = (...each: RunGroup[]): BranchState => ({
  pages: [{ groups: each, total: each.length, next_page_token: null }], hasMore: false, error: null,
})
function seen(open: string[], known: Record<string, BranchState>): string[] {
  const { rows } = runTree(new Set(open), new Map(Object.entries(known)))
  return rows.map((row) => `${'  '.repeat(row.depth)}${row.kind === 'run' ? row.run.run_id : row.kind === 'group' ? `[${row.group.value}]` : row.kind}`)
}

test('children stand below open parents, at any depth', () => {
  const known = { '': runs(run('a', 2), run('d', 0)), ra: runs(run('b', 1), run('x')), rb: runs(run('c')) }
  expect(seen([], known)).toEqual(['a', 'd'])
  expect(seen(['ra', 'rb', 'rd'], known)).toEqual(['a', '  b', '    c', '  x', 'd'])
})

test('rows stand for what is loading, and a failure for what is not coming', () => {
  expect(seen([], {})).toHaveLength(20)
  expect(seen(['ra'], { '': runs(run('a', 2)) })).toEqual(['a', '  pending', '  pending'])
  const failed = { pages: [], hasMore: false, error: new Error('no') }
  expect(seen(['ra'], { '': runs(run('a', 2)), ra: failed })).toEqual(['a', '  failed'])
  expect(seen([], { '': { ...runs(run('a')), hasMore: true } })).toEqual(['a', 'pending'])
})

test('groups open to groups and to runs, and the branches say which', () => {
  const open = [groupKey(['0.1']), groupKey(['0.1', null]), runKey('a')]
  const known = {
    '': groups(group('0.1', 3), group(null, 1)),
    'g=0.1': groups(group('x', 1), group(null, 2)),
    'g=0.1/': runs(run('a', 1), run('b')),
    ra: runs(run('c')),
  }
  expect(seen(open, known)).toEqual(['[0.1]', '  [x]', '  [null]', '    a', '      c', '    b', '[null]'])
  const { branches } = runTree(new Set(open), new Map(Object.entries(known)))
  expect(branches.at(-1)).toEqual({ key: 'ra', path: ['0.1', null], parent: 'a' })
})

test('keys tell a missing value from an empty one, and values hold anything', () => {
  expect(new Set([[''], [null], ['', null], ['/'], ['', ''], ['=']].map(groupKey)).size).toBe(6)
  expect(toggledOpen(['a', 'b'], 'a')).toEqual(['b'])
  expect(toggledOpen(['b'], 'a')).toEqual(['b', 'a'])
})

test('what two pages hold is shown once', () => {
  const page: RunPage = { runs: [run('a'), run('b')], next_page_token: null }
  expect(seen([], { '': { pages: [page, { ...page, runs: [run('b'), run('c')] }], hasMore: false, error: null } })).toEqual(['a', 'b', 'c'])
})
