// What a chart shows: which curves, in which colours.

export interface ChartLine {
  runId: string
  metric: string
  /** The run's name. */
  run: string
  /** What the curve is called where several share a chart. */
  name: string
  color: string
}

export interface ChartSpec {
  /** Names the chart among those of its page, also in links. */
  key: string
  title: string
  lines: readonly ChartLine[]
}
