import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal'
import type { RefObject } from 'react'
import type { Curve } from '../api/series'
import { saveBlob } from '../lib/save'
import type { XAxis } from '../lib/urlState'
import { chartCsv } from './chartCsv'
import { chartPicture } from './chartPicture'
import type { ChartSpec } from './chartSpec'

interface ChartMenuProps {
  chart: ChartSpec
  curves: readonly Curve[]
  caption: string
  x: XAxis
  figure: RefObject<HTMLElement | null>
}

/** What can be done with one chart. */
export function ChartMenu({ chart, curves, caption, x, figure }: ChartMenuProps) {
  const name = chart.title.replace(/[^\p{L}\p{N}._-]+/gu, '-')
  const savePicture = async () => {
    if (figure.current === null) return
    saveBlob(await chartPicture(figure.current, { title: chart.title, caption, lines: chart.lines }), `${name}.png`)
  }
  const saveTable = () => saveBlob(new Blob([chartCsv(chart.lines, curves, x)], { type: 'text/csv' }), `${name}.csv`)
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          className="chart-menu" appearance="transparent" size="small" icon={<MoreHorizontalRegular />}
          aria-label={`More for ${chart.title}`}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => void savePicture()}>Save as PNG</MenuItem>
          <MenuItem onClick={saveTable}>Save as CSV</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
