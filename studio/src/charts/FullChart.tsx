import { Dialog, DialogSurface } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { MetricsView } from '../lib/chartView'
import { useReturnFocus } from '../state/keyboard'
import { ChartCard } from './ChartCard'
import { ChartLegend } from './ChartLegend'
import type { ChartSpec } from './chartSpec'
import type { ChangeView } from './useMetricsView'

const PAD = 24
const LEGEND = 320

interface FullChartProps {
  chart: ChartSpec
  view: MetricsView
  change: ChangeView
}

/** One chart over the whole page, with its legend; Escape leaves it. */
export function FullChart({ chart, view, change }: FullChartProps) {
  useReturnFocus()
  const [size, setSize] = useState(windowSize)
  useEffect(() => {
    const resize = () => setSize(windowSize())
    addEventListener('resize', resize)
    return () => removeEventListener('resize', resize)
  }, [])
  const legend = chart.lines.length > 1 ? LEGEND : 0
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && change({ full: null })}>
      <DialogSurface className="chart-full" aria-label={chart.title}>
        <ChartCard chart={chart} view={view} change={change} width={size.width - legend} height={size.height} />
        {legend > 0 && <ChartLegend chart={chart} view={view} />}
      </DialogSurface>
    </Dialog>
  )
}

function windowSize() {
  return { width: innerWidth - 2 * PAD, height: innerHeight - 2 * PAD }
}
