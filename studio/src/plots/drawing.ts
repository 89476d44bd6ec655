// What a plot comes to, whatever its kind.
import { bars } from './kinds/bars'
import { boxes } from './kinds/boxes'
import { histogram } from './kinds/histogram'
import { parallel } from './kinds/parallel'
import { contour, scatter } from './kinds/points'
import { single } from './kinds/single'
import { caption } from './picking'
import type { RunTable } from './runTable'
import type { PlotSpec } from './spec'

export type Plotted =
  | ({ kind: 'parallel' } & ReturnType<typeof parallel>)
  | ({ kind: 'scatter' } & ReturnType<typeof scatter>)
  | ({ kind: 'contour' } & ReturnType<typeof contour>)
  | ({ kind: 'bar' } & ReturnType<typeof bars>)
  | ({ kind: 'histogram' } & ReturnType<typeof histogram>)
  | ({ kind: 'box' } & ReturnType<typeof boxes>)
  | ({ kind: 'value' } & ReturnType<typeof single>)

/** Whether a plot sums up runs, so that those brushed out must not count in it. Others draw them dimmed. */
export function sumsUp({ kind, group }: PlotSpec): boolean {
  return kind === 'histogram' || kind === 'box' || kind === 'value' || (kind === 'bar' && group !== '')
}

/** Null for a note and a table of differences, which no column is drawn in. */
export function plotted(spec: PlotSpec, table: RunTable, own: ReadonlyMap<string, string>, kept: readonly boolean[]): Plotted | null {
  switch (spec.kind) {
    case 'parallel': return { kind: 'parallel', ...parallel(table, spec, own) }
    case 'scatter': return { kind: 'scatter', ...scatter(table, spec, own) }
    case 'contour': return { kind: 'contour', ...contour(table, spec, own) }
    case 'bar': return { kind: 'bar', ...bars(table, spec, own, kept) }
    case 'histogram': return { kind: 'histogram', ...histogram(table, spec, kept) }
    case 'box': return { kind: 'box', ...boxes(table, spec, kept) }
    case 'value': return { kind: 'value', ...single(table, spec, kept) }
    default: return null
  }
}

/** "38 of 40 runs; 2 have no lr": which runs are seen, and why not the others. */
export function plotCaption(found: Plotted, spec: PlotSpec, kept: readonly boolean[]): string {
  if (found.data === null) return ''
  const out = kept.filter((each) => !each).length
  const brushed = out === 0 ? [] : [`${out} brushed out`]
  const cutBars = found.kind === 'bar' && found.data.bars.length < found.rows.length && spec.group === ''
  const shown = cutBars ? found.data.bars.length : found.rows.length
  return caption(shown, found.total, [...found.reasons, ...brushed])
}
