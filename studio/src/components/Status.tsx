import { statusLook } from '../lib/status'

/** A dot and a word. */
export function Status({ status }: { status: string }) {
  const { word, tone } = statusLook(status)
  return (
    <span className="status">
      <span className={`dot ${tone}`} aria-hidden />
      {word}
    </span>
  )
}
