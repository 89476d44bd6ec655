import { frameUrl } from '../lib/preview'

interface PageFrameProps {
  runId: string
  path: string
  /** In bytes: an overwritten page has another size or at least another address. */
  size: number
  /** Whether it may load from other sites. */
  network: boolean
  className: string
  title?: string
  onLoad?: () => void
}

/** A page that a run logged. Its scripts run in an origin of their own, which the answer's policy sees to as well. */
export function PageFrame({ runId, path, size, network, className, title = path, onLoad }: PageFrameProps) {
  const src = `${frameUrl(runId, path, network)}&size=${size}`
  return (
    // Another frame for another address: going from one to the next within a frame would fill the browser's history.
    <iframe key={src} className={className} sandbox="allow-scripts" referrerPolicy="no-referrer" loading="lazy" title={title} src={src} onLoad={onLoad} />
  )
}
