import { Button, Menu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal'
import { Suspense, lazy, useContext, useState } from 'react'
import type { RefObject } from 'react'
import type { Curve } from '../api/series'
import { copyText } from '../lib/clipboard'
import { isAdded } from '../lib/chartSettings'
import { withChart, withZoom } from '../lib/chartView'
import type { MetricsView } from '../lib/chartView'
import { saveBlob } from '../lib/save'
import { ChartActionsContext } from './chartActions'
import { chartCsv } from './chartCsv'
import type { ChartLook } from './chartLook'
import { chartPicture } from './chartPicture'
import type { ChartSpec } from './chartSpec'
import { chartSvg } from './chartSvg'
import { MetricDialog } from './MetricDialog'
import type { ChangeView } from './useMetricsView'

const ChartEditor = lazy(() => import('./ChartEditor'))

interface ChartMenuProps {
  chart: ChartSpec
  look: ChartLook
  view: MetricsView
  change: ChangeView
  curves: readonly Curve[]
  /** Values without axes are no drawing to save. */
  drawn: boolean
  caption: string
  figure: RefObject<HTMLElement | null>
}

/** What can be done with one chart. */
export function ChartMenu({ chart, look, view, change, curves, drawn, caption, figure }: ChartMenuProps) {
  const { move, metrics, queryOf } = useContext(ChartActionsContext)
  const [editing, setEditing] = useState(false)
  const name = look.title.replace(/[^\p{L}\p{N}._-]+/gu, '-')
  const text = { title: look.title, caption, lines: chart.lines }
  const savePicture = async () => {
    if (figure.current !== null) saveBlob(await chartPicture(figure.current, text), `${name}.png`)
  }
  const saveDrawing = () => {
    if (figure.current !== null) saveBlob(new Blob([chartSvg(figure.current, curves, look, text)], { type: 'image/svg+xml' }), `${name}.svg`)
  }
  const saveTable = () => saveBlob(new Blob([chartCsv(chart.lines, curves, view.x)], { type: 'text/csv' }), `${name}.csv`)
  const copyLink = () => {
    void copyText(`${location.origin}${location.pathname}?${queryOf({ ...view, full: chart.key }).toString()}`)
  }
  const remove = () =>
    change((present) => {
      if (!isAdded(chart.key)) return withChart(present, chart.key, { hidden: true })
      const charts = new Map(present.charts)
      charts.delete(chart.key)
      return { charts }
    })
  const typed = view.charts.get(chart.key)?.bounds
  const resetRanges = () =>
    change((present) => ({ ...withZoom(present, chart.key, null), ...withChart(present, chart.key, { bounds: undefined, boxed: undefined }) }))
  const [choosing, setChoosing] = useState(false)
  const isFull = view.full === chart.key
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button
            className="chart-menu" appearance="transparent" size="small" icon={<MoreHorizontalRegular />}
            aria-label={`More for ${look.title}`}
          />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={() => setEditing(true)}>Edit…</MenuItem>
            {(look.zoom !== null || typed !== undefined) && <MenuItem onClick={resetRanges}>Reset ranges</MenuItem>}
            {isAdded(chart.key) && <MenuItem onClick={() => setChoosing(true)}>Choose metrics…</MenuItem>}
            <MenuItem onClick={() => change({ full: isFull ? null : chart.key })}>{isFull ? 'Leave full screen' : 'Full screen'}</MenuItem>
            {!isFull && <MenuItem onClick={remove}>{isAdded(chart.key) ? 'Remove' : 'Hide'}</MenuItem>}
            {!isFull && <MenuItem onClick={() => move(chart.key, -1)}>Move back</MenuItem>}
            {!isFull && <MenuItem onClick={() => move(chart.key, 1)}>Move on</MenuItem>}
            <MenuDivider />
            <MenuItem onClick={copyLink}>Copy link to this chart</MenuItem>
            {drawn && <MenuItem onClick={() => void savePicture()}>Save as PNG</MenuItem>}
            {drawn && <MenuItem onClick={saveDrawing}>Save as SVG</MenuItem>}
            <MenuItem onClick={saveTable}>Save as CSV</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {editing && (
        <Suspense>
          <ChartEditor chart={chart} look={look} view={view} change={change} onClose={() => setEditing(false)} />
        </Suspense>
      )}
      {choosing && (
        <MetricDialog
          title="Metrics of the chart" metrics={metrics} picked={view.charts.get(chart.key)?.metrics ?? []} onClose={() => setChoosing(false)}
          onSave={(picked) => change((present) => withChart(present, chart.key, { metrics: picked }))}
        />
      )}
    </>
  )
}
