// Fetches the code and data of a page before they are needed.
import type { QueryClient } from '@tanstack/react-query'
import { commonMetricsQuery, compareQuery, experimentsQuery, runMetricsQuery, runQuery, viewsQuery } from '../api/queries'
import { modelQuery, modelsQuery, versionFilesQuery, versionQuery } from '../api/registry'
import { readCompareView } from '../lib/compareState'
import { readJobsView } from '../lib/jobsState'
import type { JobsList, JobsView } from '../lib/jobsState'
import { parsePath } from '../lib/routes'
import type { JobTab, Page } from '../lib/routes'
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

/**
 * Start all requests of the first page at once, instead of each when the code before it has run.
 *
 * Resolves when the page can be drawn with all that it shows first, or when something failed.
 */
export async function preload(client: QueryClient, path: string): Promise<void> {
  const page = parsePath(path)
  if (page.kind !== 'job' && page.kind !== 'unknown') lookAhead(client)
  await Promise.allSettled(firstRequests(client, page))
}

function firstRequests(client: QueryClient, page: Page): Promise<unknown>[] {
  switch (page.kind) {
    case 'jobs':
      return [loadList(client, 'active')]
    case 'trash':
      return [loadList(client, 'deleted')]
    case 'job':
      return [loadJobPage(), client.query(runQuery(page.runId)), ...loadTab(client, page.runId, page.tab)]
    case 'compare': {
      const { runs } = readCompareView(new URLSearchParams(location.search))
      return [loadComparePage(), ...(runs.length > 0 ? [client.query(compareQuery(runs))] : [])]
    }
    case 'models': {
      const request = modelsRequest(readModelsView(new URLSearchParams(location.search)))
      return [loadModelsPage(), client.infiniteQuery(modelsQuery(request))]
    }
    case 'model':
      return [loadModelPage(), client.query(modelQuery(page.name))]
    case 'model-version': {
      const { name, version } = page
      return [loadVersionPage(), client.query(versionQuery(name, version)), client.query(versionFilesQuery(name, version))]
    }
    case 'experiments':
    case 'unknown':
      return []
  }
}

function loadTab(client: QueryClient, runId: string, tab: JobTab): Promise<unknown>[] {
  switch (tab) {
    case 'metrics':
      return [loadMetricsTab(), client.query(runMetricsQuery(runId))]
    case 'monitoring':
      return [loadMonitoringTab(), client.query(runMetricsQuery(runId))]
    case 'images':
      return [loadImagesTab()]
    case 'children':
      return [loadChildrenTab()]
    case 'outputs':
      return [loadOutputsTab()]
    case 'overview':
      return []
  }
}

/** What the list asks for. */
async function loadList(client: QueryClient, list: JobsList): Promise<void> {
  const search = new URLSearchParams(location.search)
  const view = readJobsView(search)
  const shown = list === 'active' && view.archived ? 'archived' : list
  const others: Promise<unknown>[] = [client.query(experimentsQuery()), ...(list === 'active' ? [client.query(viewsQuery('jobs'))] : [])]
  // Such a list may open with a view of its own.
  if (list === 'deleted' || plainExperiment(search) === null) others.push(loadRows(client, view, shown))
  await Promise.all(others)
}

async function loadRows(client: QueryClient, view: JobsView, list: JobsList): Promise<void> {
  const common = view.columns === null ? (await client.query(commonMetricsQuery(view.experiments))).names : []
  const columns = chosenColumns(view, common, list)
  await client.infiniteQuery(branchQuery(listRequest(list, view, columns), view, columns, ROOT))
}

/** A slow machine or line is still busy with the list itself. */
function lookAhead(client: QueryClient): void {
  setTimeout(() => {
    if (client.isFetching() > 0) lookAhead(client)
    else void Promise.allSettled([loadJobPage(), loadMetricsTab(), loadOutputsTab(), loadComparePage(), loadModelsPage()])
  }, LOOK_AHEAD_AFTER)
}
