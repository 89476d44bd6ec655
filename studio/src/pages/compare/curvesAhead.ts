import type { QueryClient } from '@tanstack/react-query'
import { compareQuery } from '../../api/queries'
import { askAhead } from '../../charts/askAhead'
import { charted } from '../../charts/metricRows'
import { comparedRows, runCharts } from '../../charts/runCharts'
import { readMetricsView } from '../../lib/chartView'
import { readCompareView } from '../../lib/compareState'

const NO_COLORS: ReadonlyMap<string, string> = new Map()

/** Ask for what the address shows as soon as it is known which metrics the runs have. */
export async function curvesAhead(client: QueryClient): Promise<void> {
  const search = new URLSearchParams(location.search)
  const { runs, tab, hidden } = readCompareView(search)
  if (tab !== 'charts' || runs.length === 0) return
  const data = await client.query(compareQuery(runs))
  const view = readMetricsView(search)
  const names = charted(comparedRows(data), view.selected, view.find)
  askAhead(client, runCharts({ data, names, hidden, colors: NO_COLORS, group: view.group, settings: view.charts }), view)
}
