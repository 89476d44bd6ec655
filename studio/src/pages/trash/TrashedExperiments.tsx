import { Button } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import { trashedExperimentsQuery, useMoveExperiment } from '../../api/trash'
import type { TrashedExperiment } from '../../api/types'
import { ExperimentSize } from '../../components/SizeText'
import { RelativeTime } from '../../components/times'
import { plural } from '../../lib/format'
import { DeleteForEver } from './DeleteForEver'
import './trash.css'

/** Experiments that are in the trash, above its runs; nothing while there are none. */
export function TrashedExperiments() {
  const { data } = useQuery(trashedExperimentsQuery())
  const move = useMoveExperiment()
  if (data === undefined || data.experiments.length === 0) return null
  return (
    <section className="trashed" aria-label="Experiments in the trash">
      {data.experiments.map((experiment) => (
        <Row
          key={experiment.experiment_id} experiment={experiment} busy={move.isPending}
          restore={() => move.mutate({ action: 'restore', id: experiment.experiment_id, name: experiment.name })}
        />
      ))}
      {move.isError && <p role="alert">{move.error.message}</p>}
    </section>
  )
}

function Row({ experiment, busy, restore }: { experiment: TrashedExperiment; busy: boolean; restore: () => void }) {
  const { experiment_id: id, name, run_count: runs, deleted_time: deleted } = experiment
  return (
    <div className="trashed-row">
      <span className="ellipsis" title={name}>
        <span className="muted">Experiment</span> {name}
      </span>
      <span className="muted">{plural(runs, 'run')}</span>
      <span className="muted">
        <ExperimentSize experimentId={id} />
      </span>
      <span className="muted">
        deleted <RelativeTime time={deleted} />
      </span>
      <span className="trashed-actions">
        <Button size="small" disabled={busy} onClick={restore}>
          Restore
        </Button>
        <DeleteForEver small choice={{ experiment_ids: [id] }} label="Delete for ever…" />
      </span>
    </div>
  )
}
