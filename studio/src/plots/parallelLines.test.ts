import { expect, test } from 'vitest'
import { table } from './fixtures'
import { parallel } from './kinds/parallel'
import { parallelLayout, yOf } from './parallelLayout'
import { lineShapes } from './parallelLines'
import { runStates } from './runShapes'
import { newPlot } from './spec'

const RUNS = table(3, { metrics: { a: [0, 1, 0.5], b: [0, 1, null], c: [0, 1, 1] } })
const found = parallel(RUNS, newPlot('1', 'parallel', { axes: ['metrics.a', 'metrics.b', 'metrics.c'] }), new Map())
if (found.data === null) throw new Error('no lines')
const { data } = found
const size = { width: 600, height: 240 }
const layout = parallelLayout(data.axes, size.width, size.height)
const shapes = (kept: boolean[]) => lineShapes(data, layout, RUNS, kept, size)
const between = ((layout.xs[0] ?? 0) + (layout.xs[1] ?? 0)) / 2

test('the nearest line is found between the axes, past those that are brushed out', () => {
  expect(shapes([true, true, true]).nearest(between, layout.top + 5)).toBe('r1')
  expect(shapes([true, false, true]).nearest(between, layout.top + 5)).toBeNull()
  expect(shapes([true, true, true]).nearest(between, layout.bottom)).toBe('r0')
  // The third run has no value on the second axis, and so no line there.
  expect(shapes([true, true, true]).nearest(between, yOf(layout, 0.5))).toBeNull()
})

test('the middle of a line is told to the keyboard', () => {
  expect(shapes([]).place('r2')).toEqual([300, yOf(layout, 0.75)])
  expect(shapes([]).place('gone')).toEqual([0, 0])
})

test('brushed out is more than not marked', () => {
  const states = (kept: boolean[], marked: string[]) => {
    const stateOf = runStates({ table: RUNS, kept, marked: new Set(marked) })
    return [0, 1, 2].map(stateOf)
  }
  expect(states([true, false, true], [])).toEqual(['', 'out', ''])
  expect(states([true, false, true], ['r0', 'r1'])).toEqual(['', 'out', 'faint'])
})
