import * as Plot from '@observablehq/plot'
import { useLayoutEffect, useRef } from 'react'

/** Mounts what Observable Plot draws; new options replace it in place. */
export function PlotDrawing({ options }: { options: Plot.PlotOptions }) {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const drawing = Plot.plot(options)
    // What it says is in the table and in the stage's label.
    drawing.setAttribute('aria-hidden', 'true')
    place.current?.replaceChildren(drawing)
  }, [options])
  return <div ref={place} className="plot-drawing" />
}
