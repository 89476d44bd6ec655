import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { planQuery, usePurge } from '../../api/trash'
import type { KeptItem, TrashChoice, TrashPlan } from '../../api/types'
import { ConfirmDialog } from '../../components/ConfirmDialog'
import { ErrorState } from '../../components/states'
import { formatBytes, formatCount, plural } from '../../lib/format'
import { counted, elsewhereText, isNothing, sizeLines } from '../../lib/sizes'
import './trash.css'

interface PurgeDialogProps {
  choice: TrashChoice
  close: () => void
  onStarted: () => void
}

/** Names what would be deleted for ever, and what stays, before it is. */
export default function PurgeDialog({ choice, close, onStarted }: PurgeDialogProps) {
  // What was read is what is confirmed: a plan of an earlier moment would not know what came since.
  const [opened] = useState(() => Date.now())
  const { data, error, isError, refetch, dataUpdatedAt } = useQuery(planQuery(choice))
  const purge = usePurge(choice)
  const plan = dataUpdatedAt >= opened ? data : undefined
  const start = () => plan !== undefined && purge.mutate(plan.before, { onSuccess: onStarted })
  return (
    <ConfirmDialog
      danger title={title(choice)} action="Delete for ever" ready={plan !== undefined && !isNothing(plan)} pending={purge.isPending} error={purge.error}
      onConfirm={start} onClose={close}
    >
      <div className="purge-content" aria-busy={plan === undefined}>
        {plan !== undefined && <PlanText plan={plan} />}
        {plan === undefined && !isError && <PlanSkeleton />}
        {isError && <ErrorState small what="What it would delete could not be found out" error={error} retry={() => void refetch()} />}
      </div>
    </ConfirmDialog>
  )
}

function title({ run_ids: runs, experiment_ids: experiments }: TrashChoice): string {
  if (runs == null && experiments == null) return 'Empty the trash?'
  return runs == null ? 'Delete the experiment for ever?' : `Delete ${plural(runs.length, 'run')} for ever?`
}

function PlanText({ plan }: { plan: TrashPlan }) {
  return (
    <>
      {isNothing(plan) ? <p>{plan.kept_total > 0 ? 'Nothing of it can be deleted.' : 'Nothing of it is in the trash.'}</p> : <Going plan={plan} />}
      {plan.elsewhere > 0 && <p className="muted">{elsewhereText(plan.elsewhere)}</p>}
      {plan.kept_total > 0 && <KeptList kept={plan.kept} total={plan.kept_total} />}
    </>
  )
}

function Going({ plan }: { plan: TrashPlan }) {
  const { size } = plan
  return (
    <>
      <p>
        <strong>{counted(plan.runs, plan.experiments, plan.models)}</strong> with {plural(size.points, 'point')} and {plural(size.files, 'file')},{' '}
        <strong title={sizeLines(size).join('\n')}>{plan.complete ? formatBytes(size.total) : `more than ${formatBytes(size.total)}`}</strong>. This
        can’t be undone.
      </p>
      <dl className="purge-names">
        {plan.runs > 0 && <Names title="Runs" names={plan.run_names} total={plan.runs} />}
        {plan.experiments > 0 && <Names title="Experiments" names={plan.experiment_names} total={plan.experiments} />}
      </dl>
    </>
  )
}

function Names({ title, names, total }: { title: string; names: readonly string[]; total: number }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>
        {names.map((name, index) => (
          <span key={index} className="purge-name ellipsis" title={name}>
            {name}
          </span>
        ))}
        {total > names.length && <span className="muted">and {formatCount(total - names.length)} more</span>}
      </dd>
    </>
  )
}

function KeptList({ kept, total }: { kept: readonly KeptItem[]; total: number }) {
  return (
    <div>
      <p>{total === 1 ? 'This stays in the trash:' : `These ${formatCount(total)} stay in the trash:`}</p>
      <ul className="purge-kept">
        {kept.map(({ kind, id, name, reason }) => (
          <li key={`${kind} ${id}`}>
            <span className="ellipsis" title={name}>
              {name}
            </span>{' '}
            <span className="muted">{kind === 'run' ? reason : `${kind}, ${reason}`}</span>
          </li>
        ))}
        {total > kept.length && <li className="muted">and {formatCount(total - kept.length)} more</li>}
      </ul>
    </div>
  )
}

function PlanSkeleton() {
  return (
    <>
      <p>
        <span className="skeleton" style={{ width: '90%' }} />
      </p>
      <p>
        <span className="skeleton" style={{ width: '60%' }} />
      </p>
    </>
  )
}
