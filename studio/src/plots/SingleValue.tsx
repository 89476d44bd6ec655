import { formatNumber, fullNumber, plural } from '../lib/format'
import { jobPath } from '../lib/routes'
import { Link } from '../state/location'
import { useBoard } from './BoardContext'
import type { SingleData } from './kinds/single'
import type { PlotSpec } from './spec'

/** One figure, and what it was made of. */
export function SingleValue({ spec, data }: { spec: PlotSpec; data: SingleData }) {
  const { table } = useBoard()
  const run = data.row === null ? undefined : table.runs[data.row]
  const column = table.column(spec.x)
  return (
    <div className="plot-value">
      <div className="plot-value-number" title={fullNumber(data.value)}>
        {formatNumber(data.value)}
      </div>
      <div className="muted ellipsis">
        {spec.aggregate} of {column?.label ?? spec.x} over {plural(data.count, 'run')}
        {data.deviation !== null && data.count > 1 && <>, standard deviation {formatNumber(data.deviation)}</>}
      </div>
      {run !== undefined && (
        <Link href={jobPath(run.run_id)} className="link ellipsis" title={run.name}>
          {run.name}
        </Link>
      )}
    </div>
  )
}
