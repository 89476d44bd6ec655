// What a chart shows: which curves, in which colours.

export interface ChartLine {
  runId: string
  metric: string
  /** The run's name, or the group's. */
  run: string
  /** What the curve is called where several share a chart. */
  name: string
  color: string
  /** The runs of a group, which are drawn as one curve. */
  members?: readonly string[]
}

export interface ChartSpec {
  /** Names the chart among those of its page, also in links. */
  key: string
  title: string
  lines: readonly ChartLine[]
  /** The section that it belongs to unless it was moved; none has no heading. */
  section?: string
}
