import { Button } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { moveRuns } from '../../api/actions'
import { runQuery } from '../../api/queries'
import { trashChanged } from '../../api/trash'
import { useCommands } from '../../state/commands'
import { Link } from '../../state/location'

/** Says that a run is in the trash, and takes it out. */
export function TrashedRun({ runId }: { runId: string }) {
  const client = useQueryClient()
  const restore = useMutation({
    mutationFn: () => moveRuns('restore', [runId]),
    // The live stream tells other pages; this one, and lists that were open before, need not wait for it.
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: runQuery(runId).queryKey }), trashChanged(client)]),
  })
  const act = () => restore.mutate()
  useCommands([{ id: 'restore', label: 'Restore this run', run: act }])
  return (
    <div className="job-deleted">
      <span className="ellipsis">
        This job is in the{' '}
        <Link href="/trash" className="link">
          trash
        </Link>
      </span>
      <Button size="small" disabledFocusable={restore.isPending} onClick={act}>
        Restore
      </Button>
      {restore.isError && (
        <span role="alert" className="ellipsis" title={restore.error.message}>
          {restore.error.message}
        </span>
      )}
    </div>
  )
}
