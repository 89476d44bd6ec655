// How a chart is drawn: its own settings, and for all that it has none of those of the page.
import type { Bounds } from '../lib/chartSettings'
import { zoomOf } from '../lib/chartView'
import type { MetricsView, Range } from '../lib/chartView'
import type { Axes } from '../lib/chartAxes'
import type { Shown } from '../lib/chartOptions'
import type { Smoothing } from '../lib/smoothing'
import type { ChartSpec } from './chartSpec'

export interface ChartLook {
  title: string
  axes: Axes
  shown: Shown
  zoom: Range | null
  smoothing: Smoothing
}

const NO_BOUNDS: Bounds = [null, null]

export function chartLook(view: MetricsView, chart: ChartSpec): ChartLook {
  const own = view.charts.get(chart.key)
  const zoom = zoomOf(view, chart.key)
  const log = own?.log ?? view.log
  return {
    title: own?.title ?? chart.title,
    axes: {
      x: view.x,
      // Moments since 1970 are so far from zero that a logarithm changes nothing but the figures.
      logX: view.logX && view.x !== 'time',
      log,
      logRight: log,
      right: chart.lines.map(({ metric }) => own?.right?.includes(metric) ?? false),
    },
    shown: { zoom, bounds: own?.boxed ?? own?.bounds ?? NO_BOUNDS, outliers: view.outliers },
    zoom,
    smoothing: own?.smoothing ?? view.smoothing,
  }
}

