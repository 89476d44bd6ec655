import { Button } from '@fluentui/react-components'
import { DeleteRegular } from '@fluentui/react-icons/svg/delete'
import { useState } from 'react'
import type { MouseEvent } from 'react'
import { useRenameExperiment } from '../../api/trash'
import type { ExperimentRow as Experiment } from '../../api/types'
import { EditButton } from '../../components/EditButton'
import { EditForm } from '../../components/EditForm'
import { ExperimentSize } from '../../components/SizeText'
import { RelativeTime } from '../../components/times'
import { formatCount } from '../../lib/format'
import { jobsPath } from '../../lib/routes'
import { Link, navigate } from '../../state/location'

/** Runs that name no experiment belong to it, so it can't be deleted. */
const DEFAULT_ID = '0'

interface ExperimentRowProps {
  experiment: Experiment
  busy: boolean
  onDelete: () => void
}

export function ExperimentRow({ experiment, busy, onDelete }: ExperimentRowProps) {
  const { experiment_id: id, name } = experiment
  const [editing, setEditing] = useState(false)
  const open = (event: MouseEvent) => {
    const inside = event.target instanceof Element && event.target.closest('a, button, form') !== null
    // A drag over text selects it and is no click on the row.
    if (!inside && getSelection()?.isCollapsed !== false) navigate(jobsPath(id))
  }
  return (
    <div className="experiments-row experiments-body" role="row" data-row onClick={open}>
      <span role="cell" className="experiments-title">
        {editing ? (
          <Rename experiment={experiment} close={() => setEditing(false)} />
        ) : (
          <>
            <Link href={jobsPath(id)} className="ellipsis experiments-name" title={name}>
              {name}
            </Link>
            <span className="experiments-actions">
              <EditButton label={`Rename ${name}`} onClick={() => setEditing(true)} />
              {id !== DEFAULT_ID && (
                <Button
                  className="edit" appearance="transparent" size="small" icon={<DeleteRegular />} disabled={busy}
                  aria-label={`Delete ${name}`} title="Move to the trash" onClick={onDelete}
                />
              )}
            </span>
          </>
        )}
      </span>
      <span role="cell">{formatCount(experiment.run_count)}</span>
      <span role="cell">
        <ExperimentSize experimentId={id} />
      </span>
      <span role="cell">
        <RelativeTime time={experiment.latest_start} />
      </span>
      <span role="cell">
        <RelativeTime time={experiment.creation_time} />
      </span>
      <span role="cell" className="muted">
        {id}
      </span>
    </div>
  )
}

function Rename({ experiment, close }: { experiment: Experiment; close: () => void }) {
  const rename = useRenameExperiment(experiment.experiment_id)
  return (
    <EditForm
      label="Name of the experiment" value={experiment.name} required saving={rename.isPending} error={rename.error}
      onCancel={close}
      onSave={(name) => rename.mutate(name, { onSuccess: close })}
    />
  )
}
