import { Button } from '@fluentui/react-components'
import { ArchiveRegular } from '@fluentui/react-icons/svg/archive'
import { ArchiveArrowBackRegular } from '@fluentui/react-icons/svg/archive-arrow-back'
import { useArchiveRun } from '../../api/archive'
import type { RunDetail } from '../../api/types'
import { isArchived } from '../../lib/archive'
import { useCommands } from '../../state/commands'

/** Says that a run is archived, and changes it. */
export function ArchiveRun({ run }: { run: RunDetail }) {
  const move = useArchiveRun(run.run_id)
  const archived = isArchived(run.tags)
  const label = archived ? 'Unarchive' : 'Archive'
  const act = () => move.mutate(archived ? 'unarchive' : 'archive')
  useCommands([{ id: 'archive', label: `${label} this run`, run: act }])
  return (
    <>
      {archived && (
        <span className="muted" title="Left out of the list of jobs">
          Archived
        </span>
      )}
      <Button
        className="job-archive" appearance="transparent" size="small" icon={archived ? <ArchiveArrowBackRegular /> : <ArchiveRegular />}
        aria-label={label} title={archived ? 'Unarchive: show it in the list of jobs again' : 'Archive: leave it out of the list of jobs'}
        disabledFocusable={move.isPending} onClick={act}
      />
      {move.isError && (
        <span role="alert" className="ellipsis" title={move.error.message}>
          {move.error.message}
        </span>
      )}
    </>
  )
}
