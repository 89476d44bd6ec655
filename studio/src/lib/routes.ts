// Paths of the studio and what they show.

export const JOB_TABS = ['overview', 'metrics', 'images', 'children', 'outputs', 'code', 'monitoring'] as const
export type JobTab = (typeof JOB_TABS)[number]

export type Page =
  | { kind: 'jobs' }
  | { kind: 'experiments' }
  | { kind: 'compare' }
  | { kind: 'trash' }
  | { kind: 'queue' }
  | { kind: 'new-job' }
  | { kind: 'models' }
  | { kind: 'model'; name: string }
  | { kind: 'model-version'; name: string; version: string }
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
  if (first === 'queue' && runId === undefined) return { kind: 'queue' }
  if (first === 'new-job' && runId === undefined) return { kind: 'new-job' }
  if (first === 'models') return parseModelPath(parts, path)
  if (first === 'jobs' && runId !== undefined && isTab(tab) && rest.length === 0) return { kind: 'job', runId, tab }
  return { kind: 'unknown', path }
}

function parseModelPath([, name, second, version, ...rest]: string[], path: string): Page {
  if (name === undefined) return { kind: 'models' }
  if (second === undefined) return { kind: 'model', name }
  const known = second === 'versions' && version !== undefined && rest.length === 0
  return known ? { kind: 'model-version', name, version } : { kind: 'unknown', path }
}

export function modelPath(name: string): string {
  return `/models/${encodeURIComponent(name)}`
}

export function modelVersionPath(name: string, version: string): string {
  return `${modelPath(name)}/versions/${encodeURIComponent(version)}`
}

export function jobPath(runId: string, tab: JobTab = 'overview'): string {
  const path = `/jobs/${encodeURIComponent(runId)}`
  return tab === 'overview' ? path : `${path}/${tab}`
}

/** One file among a run's outputs. */
export function outputPath(runId: string, path: string): string {
  return `${jobPath(runId, 'outputs')}?${new URLSearchParams({ path }).toString()}`
}

/** One file of a job's code. */
export function codePath(name: string, path: string): string {
  return `${jobPath(name, 'code')}?${new URLSearchParams({ path }).toString()}`
}

/** Where a job is written: a new one, or one like another. */
export function newJobPath(like?: string): string {
  return like === undefined ? '/new-job' : `/new-job?${new URLSearchParams({ like }).toString()}`
}

/** The list of a run's children, where they can be sorted, filtered and grouped. */
export function childJobsPath(runId: string): string {
  return `/jobs?${new URLSearchParams({ q: `tags.\`mlflow.parentRunId\` = '${runId.replaceAll("'", "\\'")}'` }).toString()}`
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
 * `#/experiments/1/runs/abc` or `#/experiments/1/runs/abc/artifacts`, and of a registered model, such as
 * `#/models/iris/versions/2`; undefined for any other fragment.
 */
export function fromMlflowLink(fragment: string): string | undefined {
  const path = fragment.replace(/^#/, '').replace(/\?.*$/, '')
  const parts = path.split('/').filter((part) => part !== '').map(decode)
  const [first, experimentId, second, runId, tab] = parts
  if (first === 'models') return modelsLink(parts)
  if (first !== 'experiments' || experimentId === undefined) return undefined
  if (second === 'runs' && runId !== undefined) return jobPath(runId, MLFLOW_TABS[tab ?? ''])
  return jobsPath(experimentId)
}

function modelsLink([, name, second, version]: string[]): string {
  if (name === undefined) return '/models'
  return second === 'versions' && version !== undefined ? modelVersionPath(name, version) : modelPath(name)
}

const MLFLOW_TABS: Readonly<Record<string, JobTab>> = { artifacts: 'outputs', 'model-metrics': 'metrics' }
