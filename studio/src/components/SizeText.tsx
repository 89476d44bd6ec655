import { useQuery } from '@tanstack/react-query'
import { experimentSizeQuery, runSizeQuery } from '../api/trash'
import type { Measured } from '../api/trash'
import { formatBytes } from '../lib/format'
import { sizeLines } from '../lib/sizes'

/** How much a run uses; where, on hover. */
export function RunSize({ runId }: { runId: string }) {
  const { data, isError } = useQuery(runSizeQuery(runId))
  return <SizeText measured={data} failed={isError} />
}

/** How much an experiment uses with its runs in the trash. */
export function ExperimentSize({ experimentId }: { experimentId: string }) {
  const { data, isError } = useQuery(experimentSizeQuery(experimentId))
  return <SizeText measured={data} failed={isError} />
}

/** A sum that grows while the server measures is marked, so that nobody takes it for the whole. */
function SizeText({ measured, failed }: { measured: Measured | undefined; failed: boolean }) {
  if (measured === undefined && !failed) return <span className="skeleton" style={{ width: 48 }} />
  if (measured === undefined || measured.size === null) return <span className="muted">–</span>
  const { size, complete } = measured
  const text = formatBytes(size.total)
  if (complete) return <span title={sizeLines(size).join('\n')}>{text}</span>
  return <span className="muted" title="Being measured">{`> ${text}`}</span>
}
