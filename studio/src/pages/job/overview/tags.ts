import type { KeyValue } from '../../../api/types'
import { ARCHIVED_TAG } from '../../../lib/archive'

const NOTE = 'mlflow.note.content'
/** Shown elsewhere on the page, or of no use to a reader. */
const HIDDEN = new Set([NOTE, 'mlflow.runName', 'mlflow.user', 'mlflow.parentRunId'])

export interface SplitTags {
  note: string
  user: KeyValue[]
  /** What the client says of the process that began the run. */
  environment: KeyValue[]
  system: KeyValue[]
}

const isEnvironment = (key: string) => key.startsWith('runyard.') && key !== ARCHIVED_TAG

/** Parts a run's tags into its description, what people set, its environment, and what MLflow set. */
export function splitTags(tags: readonly KeyValue[]): SplitTags {
  return {
    note: tags.find(({ key }) => key === NOTE)?.value ?? '',
    user: tags.filter(({ key }) => !key.startsWith('mlflow.') && !isEnvironment(key)),
    environment: tags.filter(({ key }) => isEnvironment(key)),
    system: tags.filter(({ key }) => key.startsWith('mlflow.') && !HIDDEN.has(key)),
  }
}
