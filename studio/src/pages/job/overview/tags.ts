import type { KeyValue } from '../../../api/types'

const NOTE = 'mlflow.note.content'
/** Shown elsewhere on the page, or of no use to a reader. */
const HIDDEN = new Set([NOTE, 'mlflow.runName', 'mlflow.user', 'mlflow.parentRunId'])

export interface SplitTags {
  note: string
  user: KeyValue[]
  system: KeyValue[]
}

/** Parts a run's tags into its description, what people set, and what MLflow set. */
export function splitTags(tags: readonly KeyValue[]): SplitTags {
  return {
    note: tags.find(({ key }) => key === NOTE)?.value ?? '',
    user: tags.filter(({ key }) => !key.startsWith('mlflow.')),
    system: tags.filter(({ key }) => key.startsWith('mlflow.') && !HIDDEN.has(key)),
  }
}
