import { memo, useMemo } from 'react'
import { useBoard } from './BoardContext'
import { linePath, nearestLine, parallelLayout } from './parallelLayout'
import type { ParallelLayout } from './parallelLayout'
import type { ParallelData } from './kinds/parallel'
import type { Look } from './options'
import { FONT } from './options'
import { ParallelAxis } from './ParallelAxis'
import { PlotStage } from './PlotStage'
import type { RunTable } from './runTable'
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
  const nearest = (x: number, y: number) => {
    const row = nearestLine(data, layout, x, y, (each) => kept[each] !== false)
    return row === null ? null : (table.runs[row]?.run_id ?? null)
  }
  const move = (key: string, to: number) => {
    // Axes that are not loaded, and so not drawn, keep their places at the end.
    const drawn = data.axes.map((axis) => ({ id: axis.key }))
    const rest = spec.axes.filter((each) => !drawn.some(({ id }) => id === each))
    const order = moved(drawn, key, to).map(({ id }) => id)
    change({ axes: [...order, ...rest] })
  }
  const style = { fontFamily: FONT, fontSize: 11, fill: look.text, overflow: 'visible' }
  return (
    <PlotStage spec={spec} label={label} order={order} drawn={layout} nearest={nearest}>
      <svg className="plot-parallel" width={width} height={height} viewBox={`0 0 ${width} ${height}`} style={style}>
        <Lines data={data} layout={layout} table={table} />
        {data.axes.map((axis, index) => (
          <ParallelAxis key={axis.key} axis={axis} index={index} layout={layout} look={look} onMove={(to) => move(axis.key, to)} />
        ))}
      </svg>
    </PlotStage>
  )
}

/** Drawn anew only when the data or the place changes: brushing a thousand runs changes attributes alone. */
const Lines = memo(function Lines({ data, layout, table }: { data: ParallelData; layout: ParallelLayout; table: RunTable }) {
  const opacity = data.lines.length > 300 ? 0.35 : data.lines.length > 60 ? 0.5 : 0.75
  return (
    <g fill="none" strokeWidth={1.25} strokeOpacity={opacity} aria-hidden>
      {data.lines.map((line) => (
        <path key={table.runs[line.row]?.run_id} data-run={table.runs[line.row]?.run_id} d={linePath(line, layout)} stroke={data.colors.of(line.row)} />
      ))}
    </g>
  )
})
