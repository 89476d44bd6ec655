import { useCancelJob } from '../../../api/jobs'
import { ConfirmDialog } from '../../../components/ConfirmDialog'

interface CancelJobProps {
  name: string
  /** What people call it. */
  shown: string
  onClose: () => void
}

/** Asks before a job is ended. */
export function CancelJob({ name, shown, onClose }: CancelJobProps) {
  const cancel = useCancelJob(name)
  return (
    <ConfirmDialog
      danger title="Cancel this job?" action="Cancel the job" dismiss="Keep it" pending={cancel.isPending} error={cancel.error} onClose={onClose}
      onConfirm={() => cancel.mutate(undefined, { onSuccess: onClose })}
    >
      <p>
        The processes of <b>{shown}</b>, and of all jobs that it began, are asked to end, and killed where they don’t. What was logged until then stays.
      </p>
    </ConfirmDialog>
  )
}
