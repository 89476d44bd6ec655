import { Button } from '@fluentui/react-components'
import { DismissCircleRegular } from '@fluentui/react-icons/svg/dismiss-circle'
import { DocumentCopyRegular } from '@fluentui/react-icons/svg/document-copy'
import { useState } from 'react'
import type { JobDetail } from '../../../api/types'
import { newJobPath } from '../../../lib/routes'
import { hasEnded } from '../../../lib/status'
import { useCommands } from '../../../state/commands'
import { navigate } from '../../../state/location'
import { CancelJob } from './CancelJob'

/** Ends a job, or begins another one like it. */
export function JobActions({ job }: { job: JobDetail }) {
  const [asks, setAsks] = useState(false)
  const ended = hasEnded(job.state)
  const asked = job.cancel_requested !== null
  const clone = () => navigate(newJobPath(job.name))
  useCommands([
    ...(ended || asked ? [] : [{ id: 'cancel job', label: 'Cancel this job', run: () => setAsks(true) }]),
    { id: 'clone job', label: 'Clone this job', run: clone },
  ])
  return (
    <span className="job-actions">
      <Button
        size="small" icon={<DismissCircleRegular />} disabledFocusable={ended || asked} onClick={() => setAsks(true)}
        title={ended ? 'It has ended' : asked ? 'It is being canceled' : 'End its processes'}
      >
        Cancel
      </Button>
      <Button size="small" icon={<DocumentCopyRegular />} title="Write another job like it" onClick={clone}>
        Clone
      </Button>
      {asks && <CancelJob name={job.name} shown={job.display_name} onClose={() => setAsks(false)} />}
    </span>
  )
}
