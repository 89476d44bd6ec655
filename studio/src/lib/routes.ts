// Paths of the studio and what they show.

export const JOB_TABS = ['overview', 'metrics', 'images', 'children', 'outputs', 'monitoring'] as const
export type JobTab = (typeof JOB_TABS)[number]

export type Page =
  | { kind: 'jobs' }
  | { kind: 'experiments' }
  | { kind: 'compare' }
  | { kind: 'trash' }
  | { kind: 'job'; runId: string; tab: JobTab }
  | { kind: 'unknown'; path: string }

export function parsePath(path: string): Page {
  const parts = path.split('/').filter((part) => part !== '').map(decode)
  const [first, runId, tab = 'overview', ...rest] = parts
  if (first === undefined) return { kind: 'jobs' }
  if (first === 'jobs' && runId === undefined) return { kind: 'jobs' }
  if (first === 'experiments' && runId === undefined) return { kind: 'experiments' }
  if (first === 'compare' && runId === undefined) return { kind: 'compare' }
  if (first === 'trash' && runId === undefined) return { kind: 'trash' }
  if (first === 'jobs' && runId !== undefined && isTab(tab) && rest.length === 0) return { kind: 'job', runId, tab }
  return { kind: 'unknown', path }
}

export function jobPath(runId: string, tab: JobTab = 'overview'): string {
  const path = `/jobs/${encodeURIComponent(runId)}`
  return tab === 'overview' ? path : `${path}/${tab}`
}

/** One file among a run's outputs. */
export function outputPath(runId: string, path: string): string {
  return `${jobPath(runId, 'outputs')}?${new URLSearchParams({ path }).toString()}`
}

/** The list of a run's children, where they can be sorted, filtered and grouped. */
export function childJobsPath(runId: string): string {
  return `/jobs?${new URLSearchParams({ q: `tags.\`mlflow.parentRunId\` = '${runId.replaceAll("'", "\\'")}'` }).toString()}`
}

export function modelVersionPath(name: string, version: string): string {
  return `/models/${encodeURIComponent(name)}/versions/${encodeURIComponent(version)}`
}

/** All jobs, of one experiment if given. */
export function jobsPath(experimentId?: string): string {
  return experimentId === undefined ? '/jobs' : `/jobs?experiment=${encodeURIComponent(experimentId)}`
}

function isTab(text: string): text is JobTab {
  return (JOB_TABS as readonly string[]).includes(text)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/**
 * The studio's path for a link of MLflow's own pages, which its client prints after each run, such as
 * `#/experiments/1/runs/abc` or `#/experiments/1/runs/abc/artifacts`; undefined for any other fragment.
 */
export function fromMlflowLink(fragment: string): string | undefined {
  const path = fragment.replace(/^#/, '').replace(/\?.*$/, '')
  const parts = path.split('/').filter((part) => part !== '').map(decode)
  const [first, experimentId, second, runId, tab] = parts
  if (first !== 'experiments' || experimentId === undefined) return undefined
  if (second === 'runs' && runId !== undefined) return jobPath(runId, MLFLOW_TABS[tab ?? ''])
  return jobsPath(experimentId)
}

const MLFLOW_TABS: Readonly<Record<string, JobTab>> = { artifacts: 'outputs', 'model-metrics': 'metrics' }
