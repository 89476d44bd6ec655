// How runs stand in a drawing that has no element for each of them.
import type { Board } from './BoardContext'

/** Brushed out, or beside marked ones. */
export type RunState = '' | 'out' | 'faint'

/** As in plots.css. */
export const STATE_OPACITY: Readonly<Record<RunState, number>> = { '': 1, out: 0.08, faint: 0.3 }

/** The state of each row of the board's table. */
export function runStates({ table, kept, marked }: Pick<Board, 'table' | 'kept' | 'marked'>): (row: number) => RunState {
  return (row) => (kept[row] === false ? 'out' : marked.size > 0 && !marked.has(table.runs[row]?.run_id ?? '') ? 'faint' : '')
}

export interface RunShapes {
  /** The run nearest to a place of the drawing. */
  nearest: (x: number, y: number) => string | null
  /** What is drawn of a run, within a group and a drawing of the same size, to be copied above the others. */
  elements: (run: string) => readonly SVGElement[]
  /** The middle of it. */
  place: (run: string) => [number, number]
}
