import { CheckOption } from '../../../../components/CheckOption'
import { frameUrl } from '../../../../lib/preview'
import { useOutputsView } from '../useOutputsView'
import type { RichProps } from './kinds'

/** A page that a run logged. Its scripts run in an origin of their own, which the answer's policy sees to. */
export default function HtmlFrame({ runId, path, size }: RichProps) {
  const [{ network }, change] = useOutputsView()
  return (
    <>
      <div className="preview-note muted">
        <span className="grow ellipsis">
          {network ? 'This page runs apart from the studio, and may load from other sites.' : 'This page runs apart from the studio, and loads nothing from other sites.'}
        </span>
        <CheckOption
          label="Load from other sites" title="Charts often load their scripts from another site, which then learns that you look at them"
          checked={network} onChange={(wanted) => change({ network: wanted })}
        />
      </div>
      <iframe
        key={String(network)} className="preview-frame" sandbox="allow-scripts" referrerPolicy="no-referrer" title={path}
        src={`${frameUrl(runId, path, network)}&size=${size}`}
      />
    </>
  )
}
