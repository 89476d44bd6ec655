import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { ChartColumns } from '../lib/chartData'
import type { Axes, ChartTheme } from '../lib/chartAxes'
import { chartOptions } from '../lib/chartOptions'
import type { CursorPlace, PlotSettings, Shown } from '../lib/chartOptions'
import type { OddMark } from '../lib/oddMarks'
import { useDark } from '../state/media'

const LIGHT: ChartTheme = { text: '#616161', grid: '#ebebeb' }
const DARK: ChartTheme = { text: '#adadad', grid: '#333333' }

interface ChartProps {
  columns: ChartColumns
  marks: readonly OddMark[]
  colors: readonly string[]
  axes: Axes
  shown: Shown
  onZoom: PlotSettings['onZoom']
  onCursor: PlotSettings['onCursor']
  width: number
  height: number
}

/** Mounts uPlot. New data, another zoom or size change the chart in place; other settings make a new one. */
export function Chart(props: ChartProps) {
  const { columns, marks, colors, axes, shown, width, height, onCursor } = props
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot | null>(null)
  // What uPlot's callbacks read: always the latest, without making the chart anew.
  const latest = useRef(props)
  latest.current = props
  const drawn = useRef(props)
  const dark = useDark()
  // Compared by text: callers may give the same in new objects.
  const made = JSON.stringify({ colors, axes })

  useEffect(() => {
    const { current } = place
    if (current === null) return
    const settings: PlotSettings = {
      ...latest.current.axes,
      colors: latest.current.colors,
      theme: dark ? DARK : LIGHT,
      shown: () => latest.current.shown,
      marks: () => latest.current.marks,
      onZoom: (across, along) => latest.current.onZoom(across, along),
      onCursor: (cursor: CursorPlace | null) => latest.current.onCursor(cursor),
    }
    const { width: initialWidth, height: initialHeight, columns: data } = latest.current
    const plot = new uPlot(chartOptions(settings, initialWidth, initialHeight), data, current)
    chart.current = plot
    drawn.current = latest.current
    return () => {
      plot.destroy()
      chart.current = null
    }
  }, [made, dark])

  useEffect(() => {
    chart.current?.setSize({ width, height })
  }, [width, height])

  const { zoom, outliers, bounds: [low, high] } = shown
  const [start, end] = zoom ?? [null, null]
  // `setData` reads the ranges anew, and those are what is chosen, if anything is: see chartOptions.
  useEffect(() => {
    const draw = () => {
      chart.current?.setData(columns)
      drawn.current = latest.current
      if (chart.current?.cursor.idx == null) onCursor(null)
    }
    // A chart that was just made shows this already.
    if (drawn.current === latest.current) {
      onCursor(null)
      return
    }
    return inOwnFrame(draw)
  }, [columns, marks, start, end, outliers, low, high, onCursor])

  return <div ref={place} className="chart" />
}

/** Draws after the frame in which React changes the page: a hundred curves take one of their own. */
function inOwnFrame(draw: () => void): () => void {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(draw)
  })
  return () => cancelAnimationFrame(frame)
}
