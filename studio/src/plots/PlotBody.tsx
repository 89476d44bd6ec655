import { useMemo } from 'react'
import { State } from '../components/states'
import { useBoard } from './BoardContext'
import type { Plotted } from './drawing'
import { LEGEND_HEIGHT, LegendStrip } from './LegendStrip'
import { barOptions, boxOptions, contourOptions, histogramOptions, scatterOptions } from './options'
import type { Look, Stage } from './options'
import { ParallelPlot } from './ParallelPlot'
import { PlotDrawing } from './PlotDrawing'
import { PlotStage } from './PlotStage'
import { writeBrush } from './plotState'
import type { Brush } from './plotState'
import { SingleValue } from './SingleValue'
import type { PlotSpec } from './spec'
import type { Size } from './useSize'

interface PlotBodyProps {
  spec: PlotSpec
  found: Plotted
  label: string
  size: Size
  look: Look
  change: (part: Partial<PlotSpec>) => void
}

/** A plot at the size of its card, with a legend where colours mean something. */
export function PlotBody(props: PlotBodyProps) {
  const { spec, found, label, size, look, change } = props
  if (found.data === null) {
    return (
      <State small title={found.why}>
        <p className="muted">Edit the plot to choose what it shows.</p>
      </State>
    )
  }
  if (found.kind === 'value') return <SingleValue spec={spec} data={found.data} />
  const legend = 'colors' in found.data ? (found.data.colors?.legend ?? null) : null
  const height = size.height - (legend === null ? 0 : LEGEND_HEIGHT)
  return (
    <>
      {found.kind === 'parallel' ? (
        <ParallelPlot spec={spec} data={found.data} label={label} width={size.width} height={height} look={look} change={change} />
      ) : (
        <Drawing {...props} size={{ width: size.width, height }} />
      )}
      {legend !== null && <LegendStrip id={spec.id} legend={legend} width={size.width} look={look} />}
    </>
  )
}

/** Kinds that Observable Plot draws. */
function Drawing({ spec, found, label, size, look }: PlotBodyProps) {
  const { table, brush, brushes } = useBoard()
  const { width, height } = size
  const options = useMemo(() => optionsOf(found, { width, height, look, table }), [found, width, height, look, table])
  if (found.data === null) return null
  const brushBin = (at: number) => {
    if (found.kind !== 'histogram') return
    const bin = found.data.bins[at]
    if (bin === undefined) return
    const { key } = found.data.column
    const next: Brush = bin.text === null ? { key, from: bin.from, to: bin.to } : { key, values: [bin.text] }
    const same = brushes.some((each) => writeBrush(each) === writeBrush(next))
    brush(key, same ? null : next)
  }
  return (
    <PlotStage spec={spec} label={label} order={orderOf(found)} drawn={options} onBin={found.kind === 'histogram' ? brushBin : undefined}>
      <PlotDrawing options={options} />
    </PlotStage>
  )
}

function optionsOf(found: Plotted, stage: Stage) {
  if (found.data === null) return {}
  switch (found.kind) {
    case 'scatter': return scatterOptions(found.data, stage)
    case 'contour': return contourOptions(found.data, stage)
    case 'bar': return barOptions(found.data, stage)
    case 'histogram': return histogramOptions(found.data, stage)
    case 'box': return boxOptions(found.data, stage)
    default: return {}
  }
}

/** Runs from left to right, or from top to bottom: what the arrow keys follow. */
function orderOf(found: Plotted): readonly number[] {
  if (found.data === null) return []
  if (found.kind === 'bar') return found.data.bars.flatMap(({ row }) => row ?? [])
  if (found.kind === 'box') return found.data.boxes.flatMap(({ rows }) => rows)
  if (found.kind !== 'scatter' && found.kind !== 'contour') return []
  const { xs, rows } = found.data
  const order = rows.map((row, at) => ({ row, x: xs[at] ?? 0 }))
  return order.sort((one, other) => (one.x < other.x ? -1 : one.x > other.x ? 1 : 0)).map(({ row }) => row)
}
