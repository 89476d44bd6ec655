import { Button } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { EyeOffRegular } from '@fluentui/react-icons/svg/eye-off'
import { EyeRegular } from '@fluentui/react-icons/svg/eye'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useRef } from 'react'
import type { HTMLAttributes } from 'react'
import type { RunRow } from '../../api/types'
import { ColorButton } from '../../charts/ColorButton'
import type { CompareView } from '../../lib/compareState'
import { jobPath } from '../../lib/routes'
import { statusLook, statusOf } from '../../lib/status'
import { Link } from '../../state/location'
import type { ChangeCompare } from './useCompareView'

const ROW = 28
/** What is drawn before the list was measured. */
const FIRST_RECT = { width: 280, height: 20 * ROW }

interface RunListProps {
  view: CompareView
  change: ChangeCompare
  runs: readonly RunRow[] | undefined
  colors: ReadonlyMap<string, string>
  /** Whether colours are the runs' own, and not those of groups. */
  editable: boolean
}

/**
 * The compared runs: colour, eye, name, and a way to take one out. Only those in sight are drawn, and not anew when a
 * chart is zoomed.
 */
export const RunList = memo(function RunList({ view, change, runs, colors, editable }: RunListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const count = (runs ?? view.runs).length
  const virtual = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 10, initialRect: FIRST_RECT })
  return (
    <div ref={scroller} className="compare-runs" data-list>
      <ul aria-label="Runs" aria-busy={runs === undefined} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const run = runs?.[index]
          const place = { 'aria-setsize': count, 'aria-posinset': index + 1, style: { transform: `translateY(${start}px)` } }
          return run === undefined ? (
            <li key={index} aria-hidden {...place}>
              <span className="skeleton" style={{ width: 160 }} />
            </li>
          ) : (
            <CompareRun
              key={run.run_id} run={run} place={place} view={view} change={change} color={colors.get(run.run_id) ?? ''} editable={editable}
            />
          )
        })}
      </ul>
    </div>
  )
})

interface CompareRunProps extends Omit<RunListProps, 'runs' | 'colors'> {
  run: RunRow
  /** Where it stands in the list. */
  place: HTMLAttributes<HTMLLIElement>
  color: string
}

function CompareRun({ run, place, view, change, color, editable }: CompareRunProps) {
  const { run_id: id, name } = run
  const hidden = view.hidden.includes(id)
  const others = view.hidden.filter((each) => each !== id)
  const { word, tone } = statusLook(statusOf(run))
  return (
    <li className={hidden ? 'compare-hidden' : undefined} data-row {...place}>
      <Button
        appearance="transparent"
        size="small"
        icon={hidden ? <EyeOffRegular /> : <EyeRegular />}
        aria-label={`Show ${name}`}
        aria-pressed={!hidden}
        title={hidden ? 'Show its curves' : 'Hide its curves'}
        onClick={() => change({ hidden: hidden ? others : [...others, id] })}
      />
      {editable ? (
        <ColorButton runId={id} name={name} color={color} />
      ) : (
        <span className="swatch" style={{ background: color }} aria-hidden />
      )}
      <Link href={jobPath(id, 'metrics')} className="ellipsis grow" title={name}>
        {name}
      </Link>
      <span className={`dot ${tone}`} title={word} role="img" aria-label={word} />
      <Button
        appearance="transparent"
        size="small"
        icon={<DismissRegular />}
        aria-label={`Take ${name} out of the comparison`}
        title="Take out of the comparison"
        onClick={() => change({ runs: view.runs.filter((each) => each !== id), hidden: others })}
      />
    </li>
  )
}
