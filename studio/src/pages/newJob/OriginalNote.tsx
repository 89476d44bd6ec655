import type { JobDetail } from '../../api/types'
import { jobPath } from '../../lib/routes'
import { Link } from '../../state/location'

/** Which job this one is like, and what it has of it. */
export function OriginalNote({ original }: { original: JobDetail }) {
  return (
    <p className="writer-note">
      Like{' '}
      <Link className="link" href={jobPath(original.name)}>
        {original.display_name}
      </Link>
      {original.snapshot === null ? (
        ', which has no code.'
      ) : (
        <>
          : local code is{' '}
          <Link className="link" href={jobPath(original.name, 'code')}>
            the code
          </Link>{' '}
          that it was submitted with.
        </>
      )}
      {original.source === '' && ' Its job file can’t be shown here: it is made of several files.'}
    </p>
  )
}
