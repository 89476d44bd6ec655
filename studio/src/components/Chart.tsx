import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { ChartColumns } from '../lib/chartData'
import { chartOptions } from '../lib/chartOptions'
import type { ChartSettings, ChartTheme, CursorPlace } from '../lib/chartOptions'
import type { Range, XAxis } from '../lib/urlState'
import { useDark } from '../state/media'

const LIGHT: ChartTheme = { text: '#616161', grid: '#ebebeb' }
const DARK: ChartTheme = { text: '#adadad', grid: '#333333' }

interface ChartProps {
  columns: ChartColumns
  colors: readonly string[]
  x: XAxis
  log: boolean
  zoom: Range | null
  onZoom: (range: Range | null) => void
  onCursor: ChartSettings['onCursor']
  width: number
  height: number
}

/** Mounts uPlot. New data, another zoom or size change the chart in place; other settings make a new one. */
export function Chart(props: ChartProps) {
  const { columns, colors, x, log, zoom, width, height, onCursor } = props
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot | null>(null)
  // What uPlot's callbacks read: always the latest, without making the chart anew.
  const latest = useRef(props)
  latest.current = props
  const dark = useDark()
  // Compared by text: callers may give the same colours in a new list.
  const colorText = colors.join(' ')

  useEffect(() => {
    const { current } = place
    if (current === null) return
    const settings = {
      colors: colorText.split(' '), x, log,
      theme: dark ? DARK : LIGHT,
      zoom: () => latest.current.zoom,
      onZoom: (range: Range | null) => latest.current.onZoom(range),
      onCursor: (cursor: CursorPlace | null) => latest.current.onCursor(cursor),
    }
    const { width: initialWidth, height: initialHeight, columns: data } = latest.current
    const made = new uPlot(chartOptions(settings, initialWidth, initialHeight), data, current)
    chart.current = made
    return () => {
      made.destroy()
      chart.current = null
    }
  }, [colorText, x, log, dark])

  useEffect(() => {
    chart.current?.setSize({ width, height })
  }, [width, height])

  // `setData` reads the range anew, and that is the zoom if there is one: see chartOptions.
  useEffect(() => {
    chart.current?.setData(columns)
    if (chart.current?.cursor.idx == null) onCursor(null)
  }, [columns, zoom, onCursor])

  return <div ref={place} className="chart" />
}
