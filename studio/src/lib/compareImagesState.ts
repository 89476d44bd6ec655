// What the images of compared runs show, kept in the URL beside the state of the comparison.
import { readSpeed, writeSpeed } from './imagesState'

export interface CompareImagesView {
  /** The step that all runs are shown at; undefined at the end, which follows what is logged. */
  step: number | undefined
  speed: number
  /** The image that fills the screen. */
  full: { run: string; key: string } | null
}

const KEYS = ['step', 'fps', 'image'] as const

export function readCompareImages(search: URLSearchParams): CompareImagesView {
  const step = /^-?\d+$/.exec(search.get('step') ?? '')
  const [, run, key] = /^([^~]+)~(.+)$/s.exec(search.get('image') ?? '') ?? []
  return {
    step: step === null ? undefined : Number(step[0]),
    speed: readSpeed(search),
    full: run === undefined || key === undefined ? null : { run, key },
  }
}

/** The query of the page after a change; the rest of it stays. */
export function withCompareImages(search: URLSearchParams, view: CompareImagesView): URLSearchParams {
  const rest = [...search].filter(([key]) => !(KEYS as readonly string[]).includes(key))
  const written = new URLSearchParams(rest)
  if (view.step !== undefined) written.set('step', String(view.step))
  writeSpeed(written, view.speed)
  if (view.full !== null) written.set('image', `${view.full.run}~${view.full.key}`)
  return written
}
