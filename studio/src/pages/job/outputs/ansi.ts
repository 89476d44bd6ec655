import type { CSSProperties } from 'react'
import type { Look } from '../../../lib/logText'

/** Grounds are dark in either theme, and what stands on them is white unless it has a bright colour of its own. */
const GROUNDS = [
  '#1b1a19', '#b10e1c', '#0e700e', '#835b00', '#0f548c', '#881798', '#00666d', '#616161',
  '#616161', '#c50f1f', '#107c10', '#8a6200', '#0f6cbd', '#9b2fae', '#02767c', '#3b3a39',
] as const
/** Black and white of both strengths: they depend on what they stand on. */
const NEUTRAL = new Set<number | string | null>([null, 0, 7, 8, 15])

/** The style of a piece of a log; the sixteen named colours are the theme's, see outputs.css. */
export function ansiStyle({ color, ground, bold, dim, italic, underline }: Look): CSSProperties {
  return {
    ...(color === null ? {} : { color: typeof color === 'string' ? color : `var(--ansi-${color})` }),
    ...(typeof ground === 'string' ? { backgroundColor: ground } : {}),
    ...(typeof ground === 'number' ? { backgroundColor: GROUNDS[ground] } : {}),
    ...(typeof ground === 'number' && NEUTRAL.has(color) ? { color: '#ffffff' } : {}),
    ...(bold ? { fontWeight: 600 } : {}),
    ...(dim ? { opacity: 0.6 } : {}),
    ...(italic ? { fontStyle: 'italic' } : {}),
    ...(underline ? { textDecoration: 'underline' } : {}),
  }
}
