import { memo, useLayoutEffect, useMemo, useRef } from 'react'
import { useBoard } from './BoardContext'
import { parallelLayout } from './parallelLayout'
import { drawLines, drawnLines, lineShapes } from './parallelLines'
import type { DrawnLines } from './parallelLines'
import type { ParallelData } from './kinds/parallel'
import type { Look } from './options'
import { FONT } from './options'
import { ParallelAxis } from './ParallelAxis'
import { PlotStage } from './PlotStage'
import { runStates, STATE_OPACITY } from './runShapes'
import type { PlotSpec } from './spec'
import { moved } from './spec'

interface ParallelPlotProps {
  spec: PlotSpec
  data: ParallelData
  label: string
  width: number
  height: number
  look: Look
  change: (part: Partial<PlotSpec>) => void
}

/** A line for each run across all axes; axes are brushed, and moved. */
export function ParallelPlot({ spec, data, label, width, height, look, change }: ParallelPlotProps) {
  const { table, kept } = useBoard()
  const layout = useMemo(() => parallelLayout(data.axes, width, height), [data.axes, width, height])
  const order = useMemo(() => data.lines.map(({ row }) => row), [data.lines])
  const drawn = useMemo(() => drawnLines(data, layout, width, height), [data, layout, width, height])
  const shapes = useMemo(() => lineShapes(data, layout, table, kept, { width, height }), [data, layout, table, kept, width, height])
  const move = (key: string, to: number) => {
    // Axes that are not loaded, and so not drawn, keep their places at the end.
    const drawn = data.axes.map((axis) => ({ id: axis.key }))
    const rest = spec.axes.filter((each) => !drawn.some(({ id }) => id === each))
    const order = moved(drawn, key, to).map(({ id }) => id)
    change({ axes: [...order, ...rest] })
  }
  const style = { fontFamily: FONT, fontSize: 11, fill: look.text, overflow: 'visible' }
  return (
    <PlotStage spec={spec} label={label} order={order} drawn={drawn} shapes={shapes}>
      <Lines drawn={drawn} />
      <svg className="plot-parallel" width={width} height={height} viewBox={`0 0 ${width} ${height}`} style={style}>
        {data.axes.map((axis, index) => (
          <ParallelAxis key={axis.key} axis={axis} index={index} layout={layout} look={look} onMove={(to) => move(axis.key, to)} />
        ))}
      </svg>
    </PlotStage>
  )
}

/**
 * On canvases: a thousand paths of SVG take several frames to paint, and each move of a brush paints all of them. What
 * the brushes leave is drawn above all lines, which are there once, as faint as what is brushed out.
 */
const Lines = memo(function Lines({ drawn }: { drawn: DrawnLines }) {
  const { table, kept, marked } = useBoard()
  const below = useRef<HTMLCanvasElement>(null)
  const above = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    if (below.current !== null) drawLines(below.current, drawn, () => STATE_OPACITY.out)
  }, [drawn])
  useLayoutEffect(() => {
    const stateOf = runStates({ table, kept, marked })
    const opacityAt = (row: number) => (stateOf(row) === 'out' ? 0 : STATE_OPACITY[stateOf(row)])
    if (above.current !== null) drawLines(above.current, drawn, opacityAt)
  }, [drawn, table, kept, marked])
  const style = { width: drawn.width, height: drawn.height }
  return (
    <>
      <canvas ref={below} className="plot-lines" style={style} hidden={!kept.includes(false)} aria-hidden />
      <canvas ref={above} className="plot-lines" style={style} aria-hidden />
    </>
  )
})
