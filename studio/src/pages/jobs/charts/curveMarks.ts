import { createContext } from 'react'

export interface CurveMark {
  color: string
  hidden: boolean
}

/** What rows of the list tell of the curves beside it. */
export interface CurveMarks {
  /** By ids of runs and keys of groups; what has no curve has no mark. */
  marks: ReadonlyMap<string, CurveMark>
  /** Whether colours are the runs' own, and not those of groups. */
  editable: boolean
  toggle: (key: string) => void
  toggleAll: () => void
}

/** null while there are no charts beside the list. */
export const CurveMarksContext = createContext<CurveMarks | null>(null)
