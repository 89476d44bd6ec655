// What MLflow's statuses and the states of jobs are called in the studio, and how their dots look.

export type Tone = 'queued' | 'preparing' | 'running' | 'completed' | 'failed' | 'canceled'

export interface StatusLook {
  word: string
  tone: Tone
}

const LOOKS: Record<string, StatusLook> = {
  RUNNING: { word: 'Running', tone: 'running' },
  SCHEDULED: { word: 'Queued', tone: 'queued' },
  FINISHED: { word: 'Completed', tone: 'completed' },
  FAILED: { word: 'Failed', tone: 'failed' },
  KILLED: { word: 'Canceled', tone: 'canceled' },
  // Of jobs.
  NotStarted: { word: 'Not started', tone: 'queued' },
  Queued: { word: 'Queued', tone: 'queued' },
  Starting: { word: 'Starting', tone: 'preparing' },
  Preparing: { word: 'Preparing', tone: 'preparing' },
  Running: { word: 'Running', tone: 'running' },
  Finalizing: { word: 'Finalizing', tone: 'running' },
  NotResponding: { word: 'Not responding', tone: 'canceled' },
  CancelRequested: { word: 'Cancel requested', tone: 'canceled' },
  Completed: { word: 'Completed', tone: 'completed' },
  Failed: { word: 'Failed', tone: 'failed' },
  Canceled: { word: 'Canceled', tone: 'canceled' },
  // Of a process that was ended.
  Stopped: { word: 'Stopped', tone: 'canceled' },
  // Of models and their versions.
  READY: { word: 'Ready', tone: 'completed' },
  PENDING_REGISTRATION: { word: 'Registering', tone: 'running' },
  FAILED_REGISTRATION: { word: 'Failed', tone: 'failed' },
  LOGGED_MODEL_READY: { word: 'Ready', tone: 'completed' },
  LOGGED_MODEL_PENDING: { word: 'Pending', tone: 'running' },
  LOGGED_MODEL_UPLOAD_FAILED: { word: 'Upload failed', tone: 'failed' },
}

export function statusLook(status: string): StatusLook {
  return LOOKS[status] ?? { word: status, tone: 'queued' }
}

/** What is known best of a run: the state of its job, if it is one. */
export function statusOf(run: { status: string; job_state: string | null }): string {
  return run.job_state ?? run.status
}

/** Whether nothing will change any more. */
export function hasEnded(state: string): boolean {
  return state === 'Completed' || state === 'Failed' || state === 'Canceled'
}

export function isRunning(status: string): boolean {
  return status === 'RUNNING'
}
