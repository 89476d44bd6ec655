// What MLflow's statuses are called in the studio, and how their dots look.

export type Tone = 'queued' | 'running' | 'completed' | 'failed' | 'canceled'

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

export function isRunning(status: string): boolean {
  return status === 'RUNNING'
}
