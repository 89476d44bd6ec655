// Where a chart that is dragged would stand if it was let go.
import type { DragEndEvent } from '@dnd-kit/core'
import type { MetricsView } from '../lib/chartView'
import { sectionsOf } from './chartLayout'
import type { ChartSpec } from './chartSpec'

export interface Place {
  section: string
  /** The key of the chart that it would stand before; null at the end of the section. */
  before: string | null
}

export interface DropPlace extends Place {
  /** The chart below the pointer, and on which side of it the place is; null over a heading. */
  chart: string | null
  side: 'before' | 'after'
}

/** What heads of sections are called among places to drop on; no chart's key begins so. */
export const SECTION = '\u0000'

export function dropPlace({ active, over, activatorEvent, delta }: DragEndEvent, charts: readonly ChartSpec[], view: MetricsView): DropPlace | null {
  if (over === null || over.id === active.id) return null
  const sections = [...sectionsOf(charts, view)]
  const id = String(over.id)
  if (id.startsWith(SECTION)) {
    const section = id.slice(SECTION.length)
    const first = sections.find(([name]) => name === section)?.[1].find(({ key }) => key !== active.id)
    return { section, before: first?.key ?? null, chart: null, side: 'before' }
  }
  const found = sections.find(([, members]) => members.some(({ key }) => key === id))
  if (found === undefined) return null
  const [section, members] = found
  const x = (activatorEvent instanceof PointerEvent ? activatorEvent.clientX : 0) + delta.x
  if (x < over.rect.left + over.rect.width / 2) return { section, before: id, chart: id, side: 'before' }
  const rest = members.filter(({ key }) => key !== active.id)
  const next = rest[rest.findIndex(({ key }) => key === id) + 1]
  return { section, before: next?.key ?? null, chart: id, side: 'after' }
}

/** One place back or on within the section; null where it ends. */
export function placeAfterStep(charts: readonly ChartSpec[], view: MetricsView, key: string, by: -1 | 1): Place | null {
  for (const [section, members] of sectionsOf(charts, view)) {
    const at = members.findIndex((member) => member.key === key)
    if (at < 0) continue
    if (at + by < 0 || at + by >= members.length) return null
    return { section, before: members[by < 0 ? at - 1 : at + 2]?.key ?? null }
  }
  return null
}
