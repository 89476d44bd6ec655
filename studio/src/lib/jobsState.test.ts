import { expect, test } from 'vitest'
import { columnKey, DEFAULT_ATTRIBUTES } from './columns'
import { readJobsView, writeJobsView } from './jobsState'
import type { JobsView } from './jobsState'

const read = (text: string) => readJobsView(new URLSearchParams(text))
const keys = (text: string) => read(text).columns?.map(columnKey)
const DEFAULTS = DEFAULT_ATTRIBUTES.map(columnKey)

test('a view survives the URL, whatever names hold', () => {
  const view: JobsView = {
    experiments: ['0', '12'],
    as: 'filter',
    search: "metrics.loss < 0.5 and tags.`a b` = 'x&y'",
    sort: { by: 'min:metrics.val/loss, best~1', descending: true },
    columns: [
      { kind: 'metric', name: 'val/loss, best~1', value: 'min' },
      { kind: 'attribute', name: 'name' },
      { kind: 'param', name: 'params.lr=ü' },
      { kind: 'tag', name: 'min:team' },
      { kind: 'metric', name: 'min:metrics.x', value: 'latest' },
    ],
    pinned: ['name', 'params.params.lr=ü'],
    widths: new Map([['min:metrics.val/loss, best~1', 240]]),
    groups: [
      { kind: 'param', name: 'lr' },
      { kind: 'attribute', name: 'status' },
    ],
    nested: true,
    archived: true,
    open: ['r1', 'g=0.1/=FAILED'],
    charts: 'm=loss&group=params.lr~mean~std',
    split: 0.4,
    checked: ['a', 'b'],
    hidden: ['b', 'g=0.1'],
  }
  expect(readJobsView(new URLSearchParams(writeJobsView(view).toString()))).toEqual(view)
})

test('defaults leave the URL empty', () => {
  const view = read('')
  expect(view).toMatchObject({ columns: null, pinned: ['name'], groups: [], nested: false, archived: false, open: [] })
  expect(writeJobsView(view).toString()).toBe('')
  const unpinned = writeJobsView({ ...view, pinned: [] })
  expect(unpinned.toString()).toBe('pin=')
  expect(readJobsView(unpinned).pinned).toEqual([])
})

test('links of metrics and parameters alone have the fields by default', () => {
  expect(keys('col=metrics.loss&col=params.lr')).toEqual([...DEFAULTS, 'metrics.loss', 'params.lr'])
  expect(keys('col=')).toEqual(DEFAULTS)
  const text = 'col=metrics.loss&col=best%3Ametrics.loss'
  expect(writeJobsView(read(text)).toString()).toBe(text)
  expect(writeJobsView(read('col=')).toString()).toBe('col=')
})

test('fields can be left out and moved, but the name stays', () => {
  expect(keys('col=status&col=metrics.loss')).toEqual(['name', 'status', 'metrics.loss'])
  const moved = read('col=user&col=name')
  expect(writeJobsView(moved).getAll('col')).toEqual(['user', 'name'])
  expect(writeJobsView({ ...moved, columns: [...DEFAULT_ATTRIBUTES, { kind: 'attribute', name: 'ended' }] }).getAll('col')).toEqual([
    ...DEFAULTS,
    'ended',
  ])
})

test('nonsense falls back to defaults', () => {
  expect(read('sort=-&col=weird')).toMatchObject({ sort: null, columns: DEFAULT_ATTRIBUTES })
  expect(read('archived=yes').archived).toBe(false)
  expect(read('sort=banana').sort).toBeNull()
  expect(read('width=9~a&width=x~a&width=100&width=99999~a').widths.size).toBe(0)
  expect(read('group=metrics.loss&group=nothing').groups).toEqual([])
  expect(keys('col=metrics.a&col=metrics.a&col=min:params.a')).toEqual([...DEFAULTS, 'metrics.a'])
})
