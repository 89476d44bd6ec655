import type { ReactNode } from 'react'
import { useCallback, useState } from 'react'
import { Picture, usePrefetch } from './Picture'
import { useSteps } from './useSteps'

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
  const [settled, setSettled] = useState({ src: '', size: '' })
  const { index, label, move, controls } = useSteps({ name, steps, step, onStep, speed, isReady: (at) => settled.src === (addressOf(at) ?? '') })
  const src = addressOf(index) ?? ''
  usePrefetch([addressOf(index + 1), addressOf(index + 2), addressOf(index - 1)])
  const onSettled = useCallback((drawn: string, size: string | null) => setSettled({ src: drawn, size: size ?? '' }), [])
  const picture = <Picture src={src} alt={`${name}, ${label}`} onSettled={onSettled} />
  return children(picture, controls, { index, size: settled.src === src ? settled.size : '', move })
}
