// Fetches the code and data of a page before they are needed.
import type { QueryClient } from '@tanstack/react-query'
import { commonMetricsQuery, compareQuery, experimentsQuery, runMetricsQuery, runQuery, viewsQuery } from '../api/queries'
import { modelQuery, modelsQuery, versionFilesQuery, versionQuery } from '../api/registry'
import { readCompareView } from '../lib/compareState'
import { readJobsView } from '../lib/jobsState'
import type { JobsList } from '../lib/jobsState'
import { parsePath } from '../lib/routes'
import { plainExperiment } from '../lib/savedViews'
import { chosenColumns } from './jobs/columns'
import { branchQuery, listRequest } from './jobs/listQuery'
import { ROOT } from './jobs/runTree'
import { modelsRequest, readModelsView } from './models/modelsView'

export const loadJobPage = () => import('./job/JobPage')
export const loadComparePage = () => import('./compare/ComparePage')
export const loadModelsPage = () => import('./models/ModelsPage')
export const loadModelPage = () => import('./models/ModelPage')
export const loadVersionPage = () => import('./models/VersionPage')
export const loadCompareImages = () => import('./compare/CompareImages')
export const loadMetricsTab = () => import('./job/metrics/MetricsTab')
export const loadImagesTab = () => import('./job/images/ImagesTab')
export const loadChildrenTab = () => import('./job/children/ChildrenTab')
export const loadMonitoringTab = () => import('./job/monitoring/MonitoringTab')
export const loadOutputsTab = () => import('./job/outputs/OutputsTab')

/** Time for the list to settle before the browser looks ahead. */
const LOOK_AHEAD_AFTER = 1500

/** Start all requests of the first page at once, instead of each when the code before it has run. */
export function preload(client: QueryClient, path: string): void {
  const page = parsePath(path)
  if (page.kind === 'compare') {
    void loadComparePage()
    const { runs } = readCompareView(new URLSearchParams(location.search))
    if (runs.length > 0) ahead(client.query(compareQuery(runs)))
    return
  }
  if (page.kind === 'models') {
    void loadModelsPage()
    ahead(client.infiniteQuery(modelsQuery(modelsRequest(readModelsView(new URLSearchParams(location.search))))))
    return
  }
  if (page.kind === 'model') {
    void loadModelPage()
    ahead(client.query(modelQuery(page.name)))
    return
  }
  if (page.kind === 'model-version') {
    void loadVersionPage()
    ahead(client.query(versionQuery(page.name, page.version)))
    ahead(client.query(versionFilesQuery(page.name, page.version)))
    return
  }
  if (page.kind === 'jobs' || page.kind === 'trash') ahead(loadList(client, page.kind === 'jobs' ? 'active' : 'deleted'))
  if (page.kind !== 'job') {
    lookAhead(client)
    return
  }
  void loadJobPage()
  ahead(client.query(runQuery(page.runId)))
  if (page.tab === 'images') void loadImagesTab()
  if (page.tab === 'outputs') void loadOutputsTab()
  if (page.tab === 'monitoring') void loadMonitoringTab()
  if (page.tab !== 'metrics' && page.tab !== 'monitoring') return
  if (page.tab === 'metrics') void loadMetricsTab()
  ahead(client.query(runMetricsQuery(page.runId)))
}

/** What the list asks for, before React has drawn anything. */
async function loadList(client: QueryClient, list: JobsList): Promise<void> {
  const search = new URLSearchParams(location.search)
  const view = readJobsView(search)
  ahead(client.query(experimentsQuery()))
  if (list === 'active') ahead(client.query(viewsQuery('jobs')))
  // Such a list may open with a view of its own.
  if (list === 'active' && plainExperiment(search) !== null) return
  const common = view.columns === null ? (await client.query(commonMetricsQuery(view.experiments))).names : []
  const columns = chosenColumns(view, common, list)
  const query = branchQuery(listRequest(list, view, columns), view, columns, ROOT)
  await client.infiniteQuery(query)
}

/** A slow machine or line is still busy with the list itself. */
function lookAhead(client: QueryClient): void {
  setTimeout(() => {
    if (client.isFetching() > 0) lookAhead(client)
    else void Promise.allSettled([loadJobPage(), loadMetricsTab(), loadOutputsTab(), loadComparePage(), loadModelsPage()])
  }, LOOK_AHEAD_AFTER)
}

/** The page itself asks again, and tells what failed. */
function ahead(request: Promise<unknown>): void {
  request.catch(() => undefined)
}
