import type { JobDetail } from '../../../api/types'
import { CopyButton } from '../../../components/CopyButton'

/** The job file as it was written, or one that says the same. */
export function JobFile({ job: { source, is_written: written } }: { job: JobDetail }) {
  if (source === '') return null
  return (
    <section>
      <h2>
        Job file <CopyButton text={source} label="Copy the job file" />
      </h2>
      {!written && <p className="muted">Made of what the job is: it was submitted without a file.</p>}
      <pre className="job-file mono" tabIndex={0} role="region" aria-label="Job file">
        {source}
      </pre>
    </section>
  )
}
