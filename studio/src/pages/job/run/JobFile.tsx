import type { JobDetail } from '../../../api/types'
import { CopyButton } from '../../../components/CopyButton'

/** The job file as it was written. */
export function JobFile({ job: { source } }: { job: JobDetail }) {
  if (source === '') return null
  return (
    <section>
      <h2>
        Job file <CopyButton text={source} label="Copy the job file" />
      </h2>
      <pre className="job-file mono" tabIndex={0} role="region" aria-label="Job file">
        {source}
      </pre>
    </section>
  )
}
