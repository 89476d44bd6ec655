import { beforeEach, expect, test, vi } from 'vitest'
import type uPlot from 'uplot'
import { straightPath } from './linePath'

/** Remembers where it was drawn. */
class Drawn {
  readonly places: [number, number][] = []
  lineTo(x: number, y: number) {
    this.places.push([x, y])
  }
}

const LOGARITHMIC = 3

interface Axis {
  min: number
  max: number
  distr?: number
}

/** As much of a chart as paths are made from: 100 by 100 pixels, 10 from the canvas's left and 20 from its top. */
function chartOf(x: Axis, y: Axis, data: (number | null)[][]): uPlot {
  const scales: Record<string, Axis> = { x, y }
  const part = (value: number, { min, max, distr }: Axis) => {
    const unit = distr === LOGARITHMIC ? Math.log10 : (each: number) => each
    return (unit(value) - unit(min)) / (unit(max) - unit(min))
  }
  const valToPos = (value: number, scale: string) => {
    const along = part(value, scales[scale] ?? x)
    return scale === 'x' ? 10 + 100 * along : 20 + 100 * (1 - along)
  }
  const series = [{}, { scale: 'y' }]
  return { data, scales, series, valToPos, bbox: { left: 10, top: 20, width: 100, height: 100 } } as unknown as uPlot
}

function placesOf(chart: uPlot, from: number, to: number): [number, number][] {
  return (straightPath(chart, 1, from, to)?.stroke as unknown as Drawn).places
}

beforeEach(() => vi.stubGlobal('Path2D', Drawn))

test('a line goes through the values in its range, across gaps, in whole pixels', () => {
  const chart = chartOf({ min: 0, max: 4 }, { min: 0, max: 3 }, [[0, 1, 2, 3, 4], [0, null, 1, 3, 0]])
  expect(placesOf(chart, 0, 4)).toEqual([[10, 120], [60, 87], [85, 20], [110, 120]])
  expect(placesOf(chart, 2, 3)).toEqual([[60, 87], [85, 20]])
})

test('places follow the range that is shown', () => {
  const data = [[0, 1, 2], [1, 1, 1]]
  expect(placesOf(chartOf({ min: 0, max: 2 }, { min: 0, max: 2 }, data), 0, 2)).toEqual([[10, 70], [60, 70], [110, 70]])
  expect(placesOf(chartOf({ min: 1, max: 2 }, { min: 0, max: 2 }, data), 0, 2)).toEqual([[-90, 70], [10, 70], [110, 70]])
})

test('logarithmic axes', () => {
  const [x, y] = [{ min: 1, max: 100, distr: LOGARITHMIC }, { min: 0.1, max: 10, distr: LOGARITHMIC }]
  expect(placesOf(chartOf(x, y, [[1, 10, 100], [0.1, 1, 10]]), 0, 2)).toEqual([[10, 120], [60, 70], [110, 20]])
})
