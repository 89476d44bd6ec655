import { Button } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss'
import { EyeOffRegular } from '@fluentui/react-icons/svg/eye-off'
import { EyeRegular } from '@fluentui/react-icons/svg/eye'
import type { RunRow } from '../../api/types'
import { ColorButton } from '../../charts/ColorButton'
import type { CompareView } from '../../lib/compareState'
import { jobPath } from '../../lib/routes'
import { statusLook } from '../../lib/status'
import { Link } from '../../state/location'
import type { ChangeCompare } from './useCompareView'

interface RunListProps {
  view: CompareView
  change: ChangeCompare
  runs: readonly RunRow[] | undefined
  colors: ReadonlyMap<string, string>
  /** Whether colours are the runs' own, and not those of groups. */
  editable: boolean
}

/** The compared runs: colour, eye, name, and a way to take one out. */
export function RunList({ view, change, runs, colors, editable }: RunListProps) {
  return (
    <ul className="compare-runs" aria-label="Runs" aria-busy={runs === undefined}>
      {runs === undefined &&
        view.runs.map((run) => (
          <li key={run} aria-hidden>
            <span className="skeleton" style={{ width: 160 }} />
          </li>
        ))}
      {runs?.map((run) => (
        <CompareRun
          key={run.run_id} run={run} view={view} change={change} color={colors.get(run.run_id) ?? ''} editable={editable}
        />
      ))}
    </ul>
  )
}

function CompareRun({ run, view, change, color, editable }: Omit<RunListProps, 'runs' | 'colors'> & { run: RunRow; color: string }) {
  const { run_id: id, name } = run
  const hidden = view.hidden.includes(id)
  const others = view.hidden.filter((each) => each !== id)
  const { word, tone } = statusLook(run.status)
  return (
    <li className={hidden ? 'compare-hidden' : undefined}>
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
