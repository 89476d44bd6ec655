import type { ReactNode } from 'react'
import { useCallback, useState } from 'react'
import { useSettled } from '../components/useSettled'
import { formatCount } from '../lib/format'
import { chosenStep, shownIndex } from '../lib/imageSeries'
import { Picture, usePrefetch } from './Picture'
import { StepControls } from './StepControls'
import { usePlayer } from './usePlayer'

interface SeriesPictureProps {
  name: string
  steps: readonly number[]
  /** The address of the picture at an index. */
  addressOf: (index: number) => string | undefined
  /** The step that the slider was put to; undefined at the end. */
  step: number | undefined
  onStep: (step: number | undefined) => void
  speed: number
  children: (picture: ReactNode, controls: ReactNode, shown: { index: number; size: string; move: (index: number) => void }) => ReactNode
}

/** One picture of a series and what moves it; how they are arranged is the caller's. */
export function SeriesPicture({ name, steps, addressOf, step, onStep, speed, children }: SeriesPictureProps) {
  const [chosen, choose] = useSettled(step, onStep)
  const [settled, setSettled] = useState({ src: '', size: '' })
  const index = shownIndex(steps, chosen)
  const move = useCallback(
    (to: number) => choose(chosenStep(steps, Math.max(0, Math.min(to, steps.length - 1)))),
    [choose, steps],
  )
  const src = addressOf(index) ?? ''
  const player = usePlayer({ count: steps.length, index, move, ready: settled.src === src, speed })
  usePrefetch([addressOf(index + 1), addressOf(index + 2), addressOf(index - 1)])
  const onSettled = useCallback((drawn: string, size: string | null) => setSettled({ src: drawn, size: size ?? '' }), [])
  const label = `step ${formatCount(steps[index] ?? 0)}`
  const picture = <Picture src={src} alt={`${name}, ${label}`} onSettled={onSettled} />
  const controls = <StepControls of={name} count={steps.length} index={index} move={move} player={player} label={label} />
  return children(picture, controls, { index, size: settled.src === src ? settled.size : '', move })
}
