// Fetches the code and data of a page before they are needed.
import type { QueryClient } from '@tanstack/react-query'
import { commonMetricsQuery, compareQuery, experimentsQuery, runMetricsQuery, runQuery, viewsQuery } from '../api/queries'
import { codeQuery, queueQuery } from '../api/jobs'
import { modelQuery, modelsQuery, versionFilesQuery, versionQuery } from '../api/registry'
import { idle } from '../lib/idle'
import { readCompareView } from '../lib/compareState'
import { readJobsView } from '../lib/jobsState'
import type { JobsList, JobsView } from '../lib/jobsState'
import { parsePath } from '../lib/routes'
import type { JobTab, Page } from '../lib/routes'
import { plainExperiment } from '../lib/savedViews'
import { ChildrenTab, CodeTab, ComparePage, ImagesTab, JobPage, MetricsTab, ModelPage, ModelsPage, MonitoringTab, NewJobPage, OutputsTab, QueuePage, VersionPage } from './code'
import { chosenColumns } from './jobs/columns'
import { branchQuery, listRequest } from './jobs/listQuery'
import { ROOT } from './jobs/runTree'
import { modelsRequest, readModelsView } from './models/modelsView'

const NEXT = [JobPage, MetricsTab, OutputsTab, ComparePage, ModelsPage, ModelPage, VersionPage]
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
      return [JobPage.preload(), client.query(runQuery(page.runId)), ...loadTab(client, page.runId, page.tab)]
    case 'compare': {
      const { runs } = readCompareView(new URLSearchParams(location.search))
      return [ComparePage.preload(), ...(runs.length > 0 ? [client.query(compareQuery(runs))] : [])]
    }
    case 'models': {
      const request = modelsRequest(readModelsView(new URLSearchParams(location.search)))
      return [ModelsPage.preload(), client.infiniteQuery(modelsQuery(request))]
    }
    case 'model':
      return [ModelPage.preload(), client.query(modelQuery(page.name))]
    case 'model-version': {
      const { name, version } = page
      return [VersionPage.preload(), client.query(versionQuery(name, version)), client.query(versionFilesQuery(name, version))]
    }
    case 'queue':
      return [QueuePage.preload(), client.query(queueQuery())]
    case 'new-job':
      return [NewJobPage.preload()]
    case 'experiments':
    case 'unknown':
      return []
  }
}

function loadTab(client: QueryClient, runId: string, tab: JobTab): Promise<unknown>[] {
  switch (tab) {
    case 'metrics':
      return [MetricsTab.preload(), client.query(runMetricsQuery(runId))]
    case 'monitoring':
      return [MonitoringTab.preload(), client.query(runMetricsQuery(runId))]
    case 'images':
      return [ImagesTab.preload()]
    case 'children':
      return [ChildrenTab.preload()]
    case 'outputs':
      return [OutputsTab.preload()]
    case 'code':
      return [CodeTab.preload(), client.query(codeQuery(runId))]
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

/** The curves are what most look at next. */
export function lookAheadInJob(client: QueryClient, runId: string): void {
  const tabs = [MetricsTab, OutputsTab, ImagesTab, MonitoringTab, ChildrenTab]
  void idle().then(() => Promise.allSettled([client.query(runMetricsQuery(runId)), ...tabs.map((tab) => tab.preload())]))
}

/** A slow machine or line is still busy with the list itself. */
function lookAhead(client: QueryClient): void {
  setTimeout(() => {
    if (client.isFetching() > 0) lookAhead(client)
    else void Promise.allSettled(NEXT.map((page) => page.preload()))
  }, LOOK_AHEAD_AFTER)
}
