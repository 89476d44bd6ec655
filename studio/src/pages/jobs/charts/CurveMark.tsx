import { EyeOffRegular } from '@fluentui/react-icons/svg/eye-off'
import { EyeRegular } from '@fluentui/react-icons/svg/eye'
import { useContext } from 'react'
import { ColorButton } from '../../../charts/ColorButton'
import { CurveMarksContext } from './curveMarks'

interface CurveMarkProps {
  /** A run's id or a group's key. */
  mark: string
  name: string
  /** Whether it is a run, whose colour can be chosen. */
  run?: boolean
}

/** The eye and the colour of what a row's curve is. */
export function CurveMark({ mark: key, name, run = false }: CurveMarkProps) {
  const curves = useContext(CurveMarksContext)
  const mark = curves?.marks.get(key)
  if (curves === null || mark === undefined) return null
  return (
    <span className={mark.hidden ? 'curve-mark off' : 'curve-mark'}>
      <Eye hidden={mark.hidden} label={`Show ${name}`} title={mark.hidden ? 'Show in the charts' : 'Hide in the charts'} onClick={() => curves.toggle(key)} />
      {run && curves.editable ? (
        <ColorButton runId={key} name={name} color={mark.color} />
      ) : (
        <span className="swatch" style={{ background: mark.color }} aria-hidden />
      )}
    </span>
  )
}

/** Hides all curves, or shows them again. */
export function AllCurves() {
  const curves = useContext(CurveMarksContext)
  if (curves === null || curves.marks.size === 0) return null
  const hidden = [...curves.marks.values()].every((mark) => mark.hidden)
  return <Eye hidden={hidden} label="Show all" title={hidden ? 'Show all in the charts' : 'Hide all in the charts'} onClick={curves.toggleAll} />
}

function Eye({ hidden, label, title, onClick }: { hidden: boolean; label: string; title: string; onClick: () => void }) {
  return (
    <button type="button" className="jobs-toggle" aria-label={label} aria-pressed={!hidden} title={title} onClick={onClick}>
      {hidden ? <EyeOffRegular fontSize={16} aria-hidden /> : <EyeRegular fontSize={16} aria-hidden />}
    </button>
  )
}
