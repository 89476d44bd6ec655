import { useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { zoomByKey } from '../lib/chartKeys'
import type { Range } from '../lib/urlState'

/** Zooms a chart by the keyboard: it has the focus itself, since its drawing goes while finer data are on the way. */
export function useZoomKeys(zoom: Range | null, onZoom: (range: Range | null) => void) {
  // What is zoomed knows its own range only, so all of it is what was seen before.
  const all = useRef<Range | null>(null)
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    if (zoom === null) all.current = drawnRange(event.currentTarget)
    const whole = all.current ?? zoom
    const next = whole === null ? undefined : zoomByKey(event.key, zoom, whole)
    if (next === undefined) return
    event.preventDefault()
    onZoom(next)
  }
}

/** The range that a chart draws, as it says itself. */
function drawnRange(chart: HTMLElement): Range | null {
  const { from, to } = chart.querySelector<HTMLElement>('.uplot')?.dataset ?? {}
  const [start, end] = [Number(from), Number(to)]
  return start < end ? [start, end] : null
}
