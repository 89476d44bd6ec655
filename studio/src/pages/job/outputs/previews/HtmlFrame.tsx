import { NetworkOption } from '../../../../components/NetworkOption'
import { PageFrame } from '../../../../components/PageFrame'
import { useOutputsView } from '../useOutputsView'
import type { RichProps } from './kinds'

/** A page that a run logged, apart from the studio. */
export default function HtmlFrame({ runId, path, size }: RichProps) {
  const [{ network }, change] = useOutputsView()
  return (
    <>
      <div className="preview-note muted">
        <span className="grow ellipsis">
          {network ? 'This page runs apart from the studio, and may load from other sites.' : 'This page runs apart from the studio, and loads nothing from other sites.'}
        </span>
        <NetworkOption checked={network} onChange={(wanted) => change({ network: wanted })} />
      </div>
      <PageFrame className="preview-frame" runId={runId} path={path} size={size} network={network} />
    </>
  )
}
