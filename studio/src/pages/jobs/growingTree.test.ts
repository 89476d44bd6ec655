import { expect, test } from 'vitest'
import type { RunPage } from '../../api/types'
import { GrowingTree } from './growingTree'
import { runTree } from './runTree'
import type { BranchState } from './runTree'

function page(...ids: string[]): RunPage {
  return {
    runs: ids.map((run_id) => ({
      run_id, name: run_id, status: 'FINISHED', experiment_id: '0', experiment_name: 'Default', user: '', lifecycle_stage: 'active', start_time: 0,
      end_time: null, parent_run_id: null, parent_run_name: null, job_state: null, child_count: null, metrics: {}, metric_min: {}, metric_max: {}, params: {}, tags: {},
    })),
    next_page_token: null,
  }
}
const known = (pages: RunPage[], hasMore = false): Map<string, BranchState> => new Map([['', { pages, hasMore, error: null }]])
const NOTHING = new Set<string>()

test('rows are those of a tree that is built at once, whatever came before', () => {
  const growing = new GrowingTree()
  const [one, two, three] = [page('a', 'b'), page('b', 'c'), page('d')]
  for (const state of [
    new Map<string, BranchState>(), known([one], true), known([one, two], true), known([one, two, three]),
    known([one, page('e'), three]), known([three, one]), known([one]), known([]), known([one, two]),
  ]) {
    expect(growing.tree(NOTHING, state)).toEqual(runTree(NOTHING, state))
  }
})

test('rows of pages that were seen stay the same objects', () => {
  const growing = new GrowingTree()
  const first = page('a')
  const [row] = growing.tree(NOTHING, known([first], true)).rows
  expect(growing.tree(NOTHING, known([first, page('b')])).rows[0]).toBe(row)
})

test('open rows have what is below them', () => {
  const growing = new GrowingTree()
  const parent = page('a')
  parent.runs = parent.runs.map((run) => ({ ...run, child_count: 1 }))
  const states = new Map([...known([parent]), ['ra', { pages: [page('child')], hasMore: false, error: null }]])
  expect(growing.tree(new Set(['ra']), states)).toEqual(runTree(new Set(['ra']), states))
})
