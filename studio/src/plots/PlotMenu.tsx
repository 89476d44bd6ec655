import { Button, Menu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal'
import { csvText } from '../lib/csv'
import { saveBlob } from '../lib/save'
import { useBoard } from './BoardContext'
import type { Look } from './options'
import { plotSvg, pngBlob, svgBlob } from './picture'
import type { PictureText } from './picture'
import { tableCells } from './plotTable'
import type { PlotTable } from './plotTable'
import type { PlotActions } from './PlotCard'
import type { PlotSpec } from './spec'

interface PlotMenuProps {
  spec: PlotSpec
  title: string
  caption: string
  look: Look
  /** What is saved as CSV; null where there is nothing. */
  values: PlotTable | null
  /** The card, if it shows a drawing that can be saved. */
  figure: () => HTMLElement | null
  beneath: PictureText['beneath']
  actions: PlotActions
}

/** What can be done with one plot. */
export function PlotMenu({ spec, title, caption, look, values, figure, beneath, actions }: PlotMenuProps) {
  const { table } = useBoard()
  const name = title.replace(/[^\p{L}\p{N}._-]+/gu, '-')
  const picture = () => {
    const card = figure()
    return card === null ? null : plotSvg(card, { title, caption, look, beneath })
  }
  const saveSvg = () => {
    const svg = picture()
    if (svg !== null) saveBlob(svgBlob(svg), `${name}.svg`)
  }
  const savePng = async () => {
    const svg = picture()
    if (svg !== null) saveBlob(await pngBlob(svg), `${name}.png`)
  }
  const saveCsv = (data: PlotTable) => saveBlob(new Blob([csvText(tableCells(data, table))], { type: 'text/csv' }), `${name}.csv`)
  const drawn = values !== null && spec.kind !== 'value' && !spec.table
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button className="chart-menu" appearance="transparent" size="small" icon={<MoreHorizontalRegular />} aria-label={`More for ${title}`} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => actions.edit(false)}>Edit…</MenuItem>
          <MenuItem onClick={() => actions.edit(true)}>Rename…</MenuItem>
          <MenuItem onClick={actions.duplicate}>Duplicate</MenuItem>
          {values !== null && spec.kind !== 'value' && (
            <MenuItem onClick={() => actions.change({ table: !spec.table })}>{spec.table ? 'Show as plot' : 'Show as table'}</MenuItem>
          )}
          <MenuItem onClick={actions.toggleFull}>{actions.full ? 'Leave full screen' : 'Full screen'}</MenuItem>
          <MenuDivider />
          <MenuItem disabled={actions.place === 0} onClick={() => actions.move(actions.place - 1)}>
            Move back
          </MenuItem>
          <MenuItem disabled={actions.place === actions.last} onClick={() => actions.move(actions.place + 1)}>
            Move on
          </MenuItem>
          {(drawn || values !== null) && <MenuDivider />}
          {drawn && <MenuItem onClick={saveSvg}>Save as SVG</MenuItem>}
          {drawn && <MenuItem onClick={() => void savePng()}>Save as PNG</MenuItem>}
          {values !== null && <MenuItem onClick={() => saveCsv(values)}>Save as CSV</MenuItem>}
          <MenuDivider />
          <MenuItem onClick={actions.remove}>Remove</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
