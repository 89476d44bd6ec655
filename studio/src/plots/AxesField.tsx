import { Button } from '@fluentui/react-components'
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down'
import { ChevronUpRegular } from '@fluentui/react-icons/svg/chevron-up'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { CheckOption } from '../components/CheckOption'
import { useBoard } from './BoardContext'
import { ColumnField } from './ColumnField'
import { columnLabel } from './columns'
import type { RunNames } from './defaults'
import { canBeLog } from './picking'
import { moved, MOST_AXES } from './spec'
import type { PlotSpec } from './spec'

interface AxesFieldProps {
  spec: PlotSpec
  names: RunNames
  change: (part: Partial<PlotSpec>) => void
  onLog: (key: string, log: boolean) => void
}

/** The axes of parallel coordinates: their order, scale, and which there are. */
export function AxesField({ spec, names, change, onLog }: AxesFieldProps) {
  const { table } = useBoard()
  const move = (key: string, to: number) =>
    change({ axes: moved(spec.axes.map((id) => ({ id })), key, to).map(({ id }) => id) })
  return (
    <div className="plot-field">
      <span id={`axes-${spec.id}`}>Axes</span>
      <ul className="plot-axes" aria-labelledby={`axes-${spec.id}`}>
        {spec.axes.map((key, index) => {
          const [column, name] = [table.column(key), columnLabel(key)]
          return (
            <li key={key}>
              <span className="ellipsis grow" title={name}>
                {name}
              </span>
              {column !== undefined && canBeLog(column) && <CheckOption label="Log" checked={spec.log.includes(key)} onChange={(log) => onLog(key, log)} />}
              <Button appearance="transparent" size="small" icon={<ChevronUpRegular />} aria-label={`Move ${name} to the left`} disabled={index === 0} onClick={() => move(key, index - 1)} />
              <Button appearance="transparent" size="small" icon={<ChevronDownRegular />} aria-label={`Move ${name} to the right`} disabled={index === spec.axes.length - 1} onClick={() => move(key, index + 1)} />
              <Button appearance="transparent" size="small" icon={<DismissRegular />} aria-label={`Remove ${name}`} onClick={() => change({ axes: spec.axes.filter((each) => each !== key) })} />
            </li>
          )
        })}
      </ul>
      {spec.axes.length < MOST_AXES && (
        <ColumnField label="Add an axis" value="" names={names} onChange={(key) => key !== '' && !spec.axes.includes(key) && change({ axes: [...spec.axes, key] })} />
      )}
    </div>
  )
}
