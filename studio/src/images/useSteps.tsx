import type { ReactNode } from 'react'
import { useCallback } from 'react'
import { useSettled } from '../components/useSettled'
import { formatCount } from '../lib/format'
import { chosenStep, shownIndex } from '../lib/imageSeries'
import { StepControls } from './StepControls'
import { usePlayer } from './usePlayer'

interface StepsWanted {
  name: string
  steps: readonly number[]
  /** The step that the slider was put to; undefined at the end. */
  step: number | undefined
  onStep: (step: number | undefined) => void
  speed: number
  /** Whether what stands at an index is drawn. */
  isReady: (index: number) => boolean
}

interface Steps {
  index: number
  /** As "step 12". */
  label: string
  move: (index: number) => void
  controls: ReactNode
}

/** Which step of a series is shown, and what moves it. */
export function useSteps({ name, steps, step, onStep, speed, isReady }: StepsWanted): Steps {
  const [chosen, choose] = useSettled(step, onStep)
  const index = shownIndex(steps, chosen)
  const move = useCallback(
    (to: number) => choose(chosenStep(steps, Math.max(0, Math.min(to, steps.length - 1)))),
    [choose, steps],
  )
  const player = usePlayer({ count: steps.length, index, move, ready: isReady(index), speed })
  const label = `step ${formatCount(steps[index] ?? 0)}`
  const controls = <StepControls of={name} count={steps.length} index={index} move={move} player={player} label={label} />
  return { index, label, move, controls }
}
