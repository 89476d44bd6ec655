import { Button } from '@fluentui/react-components'
import { NextRegular } from '@fluentui/react-icons/svg/next'
import { PauseRegular } from '@fluentui/react-icons/svg/pause'
import { PlayRegular } from '@fluentui/react-icons/svg/play'
import { PreviousRegular } from '@fluentui/react-icons/svg/previous'
import type { Player } from './usePlayer'

interface StepControlsProps {
  /** Of what the step is chosen, for screen readers. */
  of: string
  count: number
  index: number
  move: (index: number) => void
  player: Player
  /** Where the slider stands, as "step 12". */
  label: string
}

/** Previous, play, next, and a slider; the arrow keys move it. */
export function StepControls({ of, count, index, move, player, label }: StepControlsProps) {
  const last = count - 1
  const { playing, toggle } = player
  return (
    <div className="steps">
      <Button
        appearance="subtle" size="small" icon={<PreviousRegular />} aria-label={`Previous image of ${of}`} title="Previous"
        disabled={index <= 0} onClick={() => move(index - 1)}
      />
      <Button
        appearance="subtle" size="small" icon={playing ? <PauseRegular /> : <PlayRegular />} title={playing ? 'Pause' : 'Play'}
        aria-label={`${playing ? 'Pause' : 'Play'} ${of}`} disabled={count < 2} onClick={toggle}
      />
      <Button
        appearance="subtle" size="small" icon={<NextRegular />} aria-label={`Next image of ${of}`} title="Next"
        disabled={index >= last} onClick={() => move(index + 1)}
      />
      <input
        type="range" className="steps-slider" aria-label={`Step of ${of}`} aria-valuetext={label}
        min={0} max={Math.max(0, last)} value={Math.max(0, index)} disabled={count < 2}
        onChange={(event) => move(event.target.valueAsNumber)}
      />
      <output className="steps-label">{label}</output>
    </div>
  )
}
